import { routingOf } from "../../../alerts/alertmanager-configuration";
import { defaultTiming, nobody, routesOf, type Timing } from "../../../alerts/routing/routes";
import { renderMatcher } from "../../../alerts/routing/matcher";
import { inhibitions } from "../../../alerts/routing/inhibitions";
import type { Environment } from "../../../environments";
import { expectations, expectedReceivers } from "./expectations";

/** The generated parts of docs/notifications.md, by name: tables of receivers, routes, inhibitions and alerts. */
export function notificationTables(environments: readonly Environment[]): Readonly<Record<string, string>> {
  return {
    receivers: receiversTable(environments),
    routes: environments.map(routesTable).join("\n\n"),
    inhibitions: inhibitionsTable(),
    alerts: alertsTable(environments.map(({ name }) => name)),
  };
}

function receiversTable(environments: readonly Environment[]): string {
  const all = environments.flatMap(({ alerting }) => alerting.receivers);
  const names = [...new Set(all.map(({ name }) => name))];
  return table(
    ["Receiver", "Kind", ...environments.map(({ name }) => name)],
    names.map((name) => [
      code(name),
      all.find((receiver) => receiver.name === name)?.kind ?? "",
      ...environments.map(({ alerting }) =>
        alerting.receivers.some((receiver) => receiver.name === name) ? "yes" : "",
      ),
    ]),
  );
}

function routesTable({ name, alerting, services }: Environment): string {
  const routes = routesOf(
    routingOf(
      alerting,
      services.map((service) => service.name),
    ),
  );
  const row = (alerts: string, receiver: string, timing: Timing, when: string) => [
    alerts,
    code(receiver),
    ...(receiver === nobody ? ["", "", ""] : [timing.groupWait, timing.groupInterval, timing.repeatInterval]),
    when,
  ];
  const rows = routes.map(({ matchers, receiver, timing, activeDuring }) =>
    row(
      matchers.map((matcher) => code(renderMatcher(matcher))).join(", "),
      receiver,
      timing ?? defaultTiming,
      activeDuring ?? "always",
    ),
  );
  const rest = row("everything else", alerting.defaultReceiver, defaultTiming, "always");
  return [
    `### \`${name}\``,
    "",
    table(["Alerts", "Receiver", "First after", "Changes after", "Again after", "When"], [...rows, rest]),
  ].join("\n");
}

function inhibitionsTable(): string {
  return table(
    ["Rule", "While this fires", "this is not told", "where these labels are the same"],
    inhibitions.map(({ name, source, target, equal }) => [
      name,
      source.map((matcher) => code(renderMatcher(matcher))).join(", "),
      target.map((matcher) => code(renderMatcher(matcher))).join(", "),
      equal.map(code).join(", "),
    ]),
  );
}

function alertsTable(environments: readonly string[]): string {
  return table(
    ["Alert", "Severity", "Other labels", ...environments],
    expectations.map((expectation) => {
      const { alertname, severity, ...others } = expectation.labels;
      return [
        code(alertname ?? ""),
        severity ?? "",
        Object.entries(others)
          .map(([label, value]) => code(`${label}="${value}"`))
          .join(", "),
        ...environments.map((name) => expectedReceivers(expectation, name).join(", ")),
      ];
    }),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function code(text: string): string {
  return `\`${text}\``;
}
