import fc from "fast-check";
import { parse, stringify } from "yaml";
import type { Settings } from "../../review/messages/kinds/kind";
import { alertmanagerFiles } from "./alertmanager-files";
import { environmentsOfEveryKind } from "./every-kind";
import { hostileTexts } from "./hostile-alerts";

/** Name of the one receiver. */
export const everyone = "everyone";

const path = "/etc/alertmanager/alertmanager.yml";

interface Configuration {
  readonly receivers: readonly ({ readonly name: string } & Readonly<Record<string, unknown>>)[];
}

/** An integration of the receiver, and where what it posts arrives; undefined for mail. */
export interface ToldIntegration {
  readonly integration: string;
  readonly index: number;
  readonly path: string | undefined;
  /** Whether it is told of ends, too. */
  readonly tellsEnds: boolean;
}

/** An Alertmanager whose one receiver has every integration. */
export interface EveryoneTold {
  readonly files: Readonly<Record<string, string>>;
  readonly configuration: unknown;
  readonly templates: string;
  readonly integrations: readonly ToldIntegration[];
}

/** Integrations that leave all to Alertmanager, and one with what this project does not use. */
function plainIntegrations(url: string): Readonly<Record<string, readonly Settings[]>> {
  return {
    slack_configs: [
      { api_url: `${url}/slack/plain`, channel: "#plain", send_resolved: true },
      {
        api_url: `${url}/slack/rich`,
        channel: "#{{ .Status }}",
        send_resolved: true,
        short_fields: true,
        link_names: true,
        fields: [
          { title: "Group", value: `{{ .GroupLabels }}` },
          {
            title: "First",
            value: `{{ (index .Alerts 0).StartsAt.Format "Mon Jan _2 15:04:05.000 MST 2006" }}`,
            short: false,
          },
          {
            title: "Numbers",
            value: `{{ printf "%05d|%-6s|%+q|%x" (len .Alerts) .Status .Receiver .Status }}`,
          },
        ],
        actions: [{ type: "button", text: "Look", url: "{{ .ExternalURL | urlquery }}", style: "danger" }],
        text: `{{ range $i, $a := .Alerts }}{{ if gt $i 2 }}{{ break }}{{ end }}{{ $i }} {{ toJson $a.Labels }} {{ title $a.Status }}{{ "\\n" }}{{ else }}none{{ end }}`,
      },
    ],
    discord_configs: [{ webhook_url: `${url}/discord/plain` }],
    pagerduty_configs: [{ url: `${url}/pagerduty/plain`, routing_key: "0".repeat(32), send_resolved: true }],
    msteamsv2_configs: [{ webhook_url: `${url}/msteams/plain` }],
    webhook_configs: [{ url: `${url}/webhook/all` }],
  };
}

/**
 * The receivers of every kind of this project as one, with others beside them.
 * @param url where they post to
 * @param smtpPort of the mail server
 */
export function everyoneTold(url: string, smtpPort: number): EveryoneTold {
  const files = alertmanagerFiles(
    "local",
    url,
    (text) => text.replaceAll("inbox:1025", `127.0.0.1:${String(smtpPort)}`),
    environmentsOfEveryKind,
  );
  const { receivers } = parse(files[path] ?? "") as Configuration;
  const plain = plainIntegrations(url);
  const keys = new Set(
    [...receivers.flatMap(Object.keys), ...Object.keys(plain)].filter((key) => key !== "name"),
  );
  const merged = Object.fromEntries(
    [...keys].map((key) => [
      key,
      [...receivers.flatMap((each) => (each[key] ?? []) as Settings[]), ...(plain[key] ?? [])],
    ]),
  );
  const configuration = {
    templates: ["/etc/alertmanager/notifications.tmpl"],
    route: {
      receiver: everyone,
      group_by: ["alertname", "service", "environment"],
      group_wait: "2s",
      group_interval: "2s",
      repeat_interval: "4h",
    },
    receivers: [{ name: everyone, ...merged }],
  };
  const pathOf = (settings: Settings) => {
    const own = [settings.url, settings.api_url, settings.webhook_url].find(
      (each) => typeof each === "string",
    );
    const file = [settings.url_file, settings.api_url_file, settings.webhook_url_file].find(
      (each) => typeof each === "string",
    );
    const address = own ?? files[String(file)];
    return typeof address === "string" ? new URL(address).pathname : undefined;
  };
  return {
    files: { ...files, [path]: stringify(configuration) },
    configuration,
    templates: files["/etc/alertmanager/notifications.tmpl"] ?? "",
    integrations: Object.entries(merged).flatMap(([integration, all]) =>
      all.map((settings, index) => ({
        integration,
        index,
        path: pathOf(settings),
        tellsEnds: settings.send_resolved !== false,
      })),
    ),
  };
}

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }).filter((text) => !/\p{Surrogate}/u.test(text)),
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.constantFrom(...Object.values(hostileTexts)),
  fc.constantFrom(
    "yes",
    "12",
    "0x1F",
    "1e3",
    "2026-11-28",
    "- a\n- b",
    "a: b\nc: {d: 1}",
    "*bold*",
    "&anchor",
    "%",
    "[1, 2",
    "# comment",
    "'quoted",
    '"quoted": 1',
    "~",
    "",
    "key: |\n  text",
    "!tag x",
    "@at",
    "`code`",
    "a: b: c",
    "tab\there: 1",
  ),
);
const link = fc.constantFrom(
  "https://example.com/runbooks/A.md",
  "https://example.com/d/x?var=a&b=(c)|<d>",
  "javascript:alert(1)",
  "no link",
);

/** Alerts of one group: labels and annotations of each, and which of them end. */
export interface ArbitraryAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly ends: boolean;
}

const annotations = fc.record(
  { summary: anyText, description: anyText, runbook_url: link, dashboard_url: link, other: anyText },
  { requiredKeys: [] },
);

/**
 * Groups of alerts whose names begin with a number, so that no two groups are the same.
 * @param most alerts of a group
 */
export function arbitraryGroup(number: number, most: number): fc.Arbitrary<readonly ArbitraryAlert[]> {
  const alert = fc.record({
    labels: fc.record(
      {
        severity: fc.constantFrom("critical", "warning", "info", "other"),
        path: anyText,
        job: fc.constantFrom("a", "b"),
        zone: anyText,
      },
      { requiredKeys: ["path"] },
    ),
    annotations,
    ends: fc.boolean(),
  });
  const group = fc.record({ name: anyText, service: anyText });
  return fc
    .tuple(group, fc.array(alert, { minLength: 1, maxLength: most, size: "max" }))
    .map(([{ name, service }, alerts]) =>
      alerts.map((each, index) => ({
        ...each,
        labels: {
          ...each.labels,
          alertname: `G${String(number)} ${name}`,
          instance: `10.0.0.${String(index)}:9100`,
          ...(service !== "" && { service }),
        },
      })),
    );
}
