import { parse } from "yaml";
import { alertmanagerFunctions } from "../../../alerts/go-template/alertmanager";
import { htmlTemplate } from "../../../alerts/go-template/html-template";
import { evaluate } from "../../../alerts/go-template/evaluate";
import { parseTemplate } from "../../../alerts/go-template/parse";
import { renderTemplateFile } from "../../../alerts/notifications/template-file";
import { kinds, receiverSchema, renderReceiver } from "../../../alerts/receivers";
import type { Notification } from "../../../review/alertmanager/notification";
import { messageHtml, messageStyle } from "../../../review/messages/message-html";
import { fingerprintOf } from "../../../review/messages/fingerprint";
import { inboxKindOf, renderMessage, type MessageSettings } from "../../../review/messages/render-message";
import { toYaml } from "../../../schema/yaml";

const hostile = `<script>alert(1)</script> & "quotes"`;

const alert: Notification["alerts"][number] = {
  status: "firing",
  firing: {
    rule: { file: "parcels.yml", group: "parcels", alert: "ParcelsLate" },
    labels: { alertname: "ParcelsLate", severity: "critical", service: "parcels" },
    annotations: { summary: `{{ $labels.service }} {{ $value | humanizePercentage }} ${hostile}` },
    seriesLabels: { service: "parcels" },
    activeAt: 0,
    firedAt: 0,
    resolvedAt: undefined,
    interval: 30_000,
    valueAt: () => 0.25,
  },
  evaluatedAt: 1_600_000_000_000,
  startsAt: 1_600_000_000_000,
  endsAt: undefined,
};

function notificationTo(receiver: string, integration: string): Notification {
  return {
    time: 1_600_000_030_000,
    receiver,
    integration,
    index: 0,
    groupKey: "{}:{}",
    groupLabels: { alertname: "ParcelsLate", service: "parcels" },
    status: "firing",
    reason: "first",
    alerts: [alert],
  };
}

function settingsWith(receivers: readonly object[], templates = renderTemplateFile()): MessageSettings {
  return {
    configuration: parse(toYaml({ receivers })) as unknown,
    templates,
    externalUrl: "https://alertmanager.example.com",
    rules: { externalLabels: {}, externalUrl: "https://prometheus.example.com" },
  };
}

const receivers = Object.values(kinds).map(({ example, key }) => {
  const settings = receiverSchema.parse(example);
  return { kind: settings.kind, name: settings.name, key, rendered: renderReceiver(settings) };
});

describe.each(receivers)("a message of $kind", ({ name, key, rendered }) => {
  const message = renderMessage(notificationTo(name, key), settingsWith([rendered]));

  it("has a title and a text that say what the alert is", () => {
    expect(message.title).toContain(
      key === "webhook_configs" ? "parcels 25%" : "[FIRING: 1] ParcelsLate · parcels",
    );
    expect(message.text).toContain("parcels 25%");
    // Of a kind that nobody has a form for, title and text are shown alone.
    if (inboxKindOf(key) !== undefined) expect(message.payload).not.toBeNull();
  });

  it("is drawn without anything of it being markup", () => {
    const html = messageHtml(message);
    expect(html).not.toMatch(/<script/i);
    expect(html).not.toContain("undefined");
    expect(html).toContain("25%");
  });
});

describe("what cannot be shown as it is", () => {
  it("gives title and text of a receiver that this project has no kind for", () => {
    const own = [{ name: "other", opsgenie_configs: [{ api_key: "secret" }] }];
    const message = renderMessage(notificationTo("other", "opsgenie_configs"), settingsWith(own));
    expect(message.title).toBe("[FIRING:1] ParcelsLate parcels (critical)");
    expect(message.text).toContain(" - severity = critical\n");
    expect(JSON.stringify(message)).not.toContain("secret");
    expect(messageHtml(message)).toContain("ParcelsLate parcels");
  });

  it("says that nothing is known of an integration that nobody knows", () => {
    const message = renderMessage(notificationTo("other", "pigeon_configs"), settingsWith([]));
    expect(message.text).toBe("What a receiver of pigeon_configs shows is not known here.");
  });

  it("says that a template fails, and which refuses nothing else", () => {
    const own = [{ name: "chat", slack_configs: [{ channel: "#a", title: `{{ template "none" . }}` }] }];
    const message = renderMessage(notificationTo("chat", "slack_configs"), settingsWith(own, ""));
    expect(message.text).toBe(`Alertmanager sends nothing: its template fails. template "none" not defined`);
    expect(message.payload).toBeNull();
  });

  it("never has the key of a page in it", () => {
    const own = [{ name: "page", pagerduty_configs: [{ routing_key: "e".repeat(32) }] }];
    const message = renderMessage(notificationTo("page", "pagerduty_configs"), settingsWith(own, ""));
    expect(message.body).toContain(`"routing_key":"${"0".repeat(32)}"`);
    expect(JSON.stringify(message)).not.toContain("eeee");
  });
});

describe("a page of html/template", () => {
  const page = (text: string, data: string) => {
    const parsed = parseTemplate(text, { functions: alertmanagerFunctions(0) });
    if (parsed.nodes === undefined) throw new Error(parsed.problem);
    const { nodes, definitions } = htmlTemplate(parsed.nodes, parsed.definitions);
    return evaluate(nodes, data, { functions: alertmanagerFunctions(0), definitions });
  };

  it.each([
    ["<p>{{ . }}</p>", "<p>a &amp; &lt;b&gt; &#43; &#39;</p>"],
    [`<p title="{{ . }}">`, `<p title="a &amp; &lt;b&gt; &#43; &#39;">`],
    [`<a href="{{ . }}">`, `<a href="a%20&amp;%20%3cb%3e%20&#43;%20%27">`],
    [`<a href="/x?q={{ . }}">`, `<a href="/x?q=a%20%26%20%3cb%3e%20%2b%20%27">`],
    ["<!-- c {{ . }} -->x", "x"],
    ["<!doctype html><p>1 < 2", "<!doctype html><p>1 &lt; 2"],
    ["<title>{{ . }}</title>", "<title>a &amp; &lt;b&gt; &#43; &#39;</title>"],
    ["<p>{{ safeHtml . }}", "<p>a & <b> + '"],
  ])("escapes in %s", (text, written) => {
    expect(page(text, "a & <b> + '")).toBe(written);
  });

  it("takes no address that runs something", () => {
    expect(page(`<a href="{{ . }}">`, "javascript:alert(1)")).toBe(`<a href="#ZgotmplZ">`);
  });
});

it("hashes labels as Alertmanager does", () => {
  expect(fingerprintOf({})).toBe("cbf29ce484222325");
  expect(messageStyle()).toContain(".form .title");
});
