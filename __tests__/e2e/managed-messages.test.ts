import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { quotas } from "../../alerts/managed/quotas";
import { managedDefinitionOf } from "../../stacks/system";
import { managedEnvironment } from "../support/environments/managed";
import { hostileGroup, hostileTexts } from "../support/hostile-alerts";
import { describeWith } from "../support/require-program";

const amtool = { name: "amtool", hint: "Get it with Alertmanager: .ci/install-programs." };

/** SNS cuts a message at 256 KB: https://docs.aws.amazon.com/sns/latest/dg/sns-publishing.html. */
const mostBytes = 256 * 1024;

const alertLimit = 300;

interface AlertData {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** What Alertmanager gives its templates of a group. */
function groupOf(alerts: readonly AlertData[], service: string, status: "firing" | "resolved") {
  const group = { alertname: "Hostile", service, environment: "prod" };
  return {
    receiver: "a-receiver",
    status,
    alerts: alerts.map(({ labels, annotations = {} }, index) => ({
      status,
      labels,
      annotations,
      startsAt: "2026-11-28T12:00:00Z",
      endsAt: status === "resolved" ? "2026-11-28T12:10:00Z" : "0001-01-01T00:00:00Z",
      generatorURL: `https://prometheus.example.com/graph?g0.expr="${String(index)}"`,
      fingerprint: `f${String(index)}`,
    })),
    groupLabels: group,
    commonLabels: { ...group, severity: "critical" },
    commonAnnotations: {},
    externalURL: "https://aps-workspaces.eu-central-1.amazonaws.com/workspaces/ws-1/alertmanager",
  };
}

describeWith([amtool], "messages of a workspace's Alertmanager", () => {
  let folder = "";
  const definition = parse(
    managedDefinitionOf(managedEnvironment, { topicArn: (name) => name, secretArn: (name) => name }),
  ) as { template_files: { notifications: string } };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "managed-messages-"));
    writeFileSync(join(folder, "notifications.tmpl"), definition.template_files.notifications);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function rendered(template: string, data: object): string {
    const file = join(folder, "data.json");
    writeFileSync(file, JSON.stringify(data));
    const glob = join(folder, "notifications.tmpl");
    const text = `{{ template "${template}" . }}`;
    return execFileSync(
      "amtool",
      ["template", "render", "--template.glob", glob, "--template.text", text, "--template.data", file],
      { encoding: "utf8", maxBuffer: 10_000_000 },
    );
  }

  const groups = (["firing", "resolved"] as const).flatMap((status) =>
    [1, alertLimit].flatMap((count) =>
      Object.entries(hostileTexts).map(
        ([name, text]) =>
          [
            `${String(count)} ${status} alerts of the service ${name}`,
            groupOf(hostileGroup(count, "critical", text), text, status),
          ] as const,
      ),
    ),
  );

  it.each(["notification.slack.json", "notification.msteams.json"])(
    "%s is what Amazon Q shows, whatever is in the alerts",
    (template) => {
      for (const [, data] of groups) {
        const text = rendered(template, data);
        expect(Buffer.byteLength(text)).toBeLessThan(mostBytes);
        const message = JSON.parse(text) as {
          version: string;
          source: string;
          content: { textType: string; title: string; description: string };
        };
        expect(Object.keys(message)).toEqual(["version", "source", "content"]);
        expect(Object.keys(message.content)).toEqual(["textType", "title", "description"]);
        expect(message).toMatchObject({ version: "1.0", source: "custom" });
        expect(message.content.title).toMatch(/^\[(?:FIRING|RESOLVED): \d+\] Hostile/);
        expect(message.content.title.length).toBeLessThanOrEqual(250);
        expect(message.content.description).toContain("critical");
        expect(message.content.description).toContain("alerting/silence");
        expect(message.content.description).not.toContain("<!channel>");
      }
    },
  );

  it("a webhook gets JSON that has the labels as they are, and counts what had no room", () => {
    for (const [, data] of groups) {
      const text = rendered("notification.webhook.json", data);
      expect(Buffer.byteLength(text)).toBeLessThan(mostBytes);
      const message = JSON.parse(text) as {
        alerts: readonly (AlertData & { status: string; startsAt: string })[];
        truncatedAlerts: number;
        groupLabels: Readonly<Record<string, string>>;
      };
      expect(message.alerts.length + message.truncatedAlerts).toBe(data.alerts.length);
      expect(message.alerts.length).toBeGreaterThan(0);
      // Control characters but for the end of a line are spaces.
      const plain = (value: string) => value.replaceAll(/(?!\n)[\u0000-\u001f]/g, " ");
      expect(message.groupLabels.service).toBe(plain(data.groupLabels.service));
      message.alerts.forEach(({ labels, status, startsAt }, index) => {
        expect(labels.path).toBe(plain(data.alerts[index]?.labels.path ?? ""));
        expect(status).toBe(data.status);
        expect(new Date(startsAt).toISOString()).toBe("2026-11-28T12:00:00.000Z");
      });
    }
  });

  it("a mail has a subject in ASCII of at most 100 characters, on one line", () => {
    for (const [, data] of groups) {
      const subject = rendered("notification.mail.subject", data).trimEnd();
      expect(subject).toMatch(/^\[(?:FIRING|RESOLVED): \d+\] Hostile[\x20-\x7e]*$/);
      expect(subject.length).toBeLessThanOrEqual(100);
      expect(Buffer.byteLength(rendered("notification.mail.text", data))).toBeLessThan(
        quotas.definitionSize.value,
      );
    }
  });
});
