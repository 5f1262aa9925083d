import { z } from "zod";
import { alertList, listVariables } from "../notifications/alert-list";
import { call, cut, quoted } from "../notifications/expressions";
import { limits } from "../notifications/limits";
import { plainText, title } from "../notifications/message";
import { sharedTemplate } from "../notifications/shared-templates";
import { useOf } from "../notifications/template";
import { inboxPath, receiverKind, receiverName } from "./receiver";

/** The most that a page holds. */
export const pageLimits = {
  /** Runes of the first alert's summary in the page's own, which may have 1024 characters. */
  summary: 500,
  /** Bytes of each list of alerts: PagerDuty takes 512 KB of JSON. */
  list: 8000,
} as const;

const summary = [
  title(plainText),
  `{{ with index .Alerts 0 }}{{ with .Annotations.summary }}: {{ ${cut(".", pageLimits.summary)} }}{{ end }}{{ end }}`,
].join("");

const severity =
  `{{ $severity := .CommonLabels.severity }}` +
  `{{ if match "^(critical|warning|info)$" $severity }}{{ $severity }}{{ else }}error{{ end }}`;

/** What the alert is of; PagerDuty takes no page without it. */
const source = call(
  "or",
  ".CommonLabels.instance",
  ".CommonLabels.service",
  ".CommonLabels.environment",
  quoted("Prometheus"),
);

/** A list of the alerts in one state, as a page's details have it. */
function list(state: "firing" | "resolved"): string {
  return [...listVariables, ...alertList(state, plainText, pageLimits.list), `{{- $text -}}`].join("\n");
}

const templates = {
  "notification.page.summary": summary,
  "notification.page.severity": severity,
  "notification.page.source": `{{ ${cut(source, limits.alertname)} }}`,
  "notification.page.component": `{{ ${cut(".CommonLabels.service", limits.alertname)} }}`,
  "notification.page.class": `{{ ${cut(".GroupLabels.alertname", limits.alertname)} }}`,
  "notification.page.firing": list("firing"),
  "notification.page.resolved": list("resolved"),
};
const template = useOf(templates);

/** A service of PagerDuty, by its Events API v2. */
export const pagerduty = receiverKind({
  schema: z.strictObject({ kind: z.literal("pagerduty"), name: receiverName }),
  key: "pagerduty_configs",
  secret: {
    suffix: "routing_key",
    words: "integration key of the Events API v2",
    // As long as a real one. The address is in the configuration.
    atInbox: () => "0".repeat(32),
  },
  templates,
  render: ({ name }, secretPath, inbox) => ({
    send_resolved: true,
    ...(inbox !== undefined && { url: inboxPath("pagerduty")(inbox, name) }),
    routing_key_file: secretPath,
    description: template("notification.page.summary"),
    severity: template("notification.page.severity"),
    source: template("notification.page.source"),
    component: template("notification.page.component"),
    class: template("notification.page.class"),
    client: "Alertmanager",
    client_url: "{{ .ExternalURL }}",
    // The names of Alertmanager's own, which have no limit.
    details: {
      firing: template("notification.page.firing"),
      resolved: template("notification.page.resolved"),
    },
    links: [
      { text: "Runbook", href: sharedTemplate("notification.runbook") },
      { text: "Dashboard", href: sharedTemplate("notification.dashboard") },
      { text: "Silence", href: sharedTemplate("notification.silence") },
    ],
  }),
  managed: {
    way: "pagerduty",
    templates: (silence) => ({
      ...templates,
      "notification.page.silence": [...silence, "{{- $silence -}}"].join("\n"),
    }),
    // It takes fewer settings than Alertmanager: links are among the details.
    settings: (grafanaUrl) => ({
      send_resolved: true,
      description: template("notification.page.summary"),
      severity: template("notification.page.severity"),
      component: template("notification.page.component"),
      class: template("notification.page.class"),
      client: "Alertmanager",
      client_url: grafanaUrl,
      details: {
        firing: template("notification.page.firing"),
        resolved: template("notification.page.resolved"),
        source: template("notification.page.source"),
        runbook: sharedTemplate("notification.runbook"),
        dashboard: sharedTemplate("notification.dashboard"),
        silence: `{{ template "notification.page.silence" . }}`,
      },
    }),
  },
  example: { kind: "pagerduty", name: "pagerduty-on-call" },
  words: {
    what: "a service's Events API v2",
    most: `summary 1024 characters, lists of ${String(pageLimits.list)} bytes`,
    setUp: "add the integration Events API v2 to the service",
  },
});
