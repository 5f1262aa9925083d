import { kinds } from "../../alerts/receivers";
import type { ReceiverKind } from "../../alerts/receivers/receiver";
import { defaultTiming, nobody, routesOf, type Timing } from "../../alerts/routing/routes";
import { renderMatcher } from "../../alerts/routing/matcher";
import { inhibitions, routingSettingsOf } from "../../stacks/system";
import type { Environment } from "../../environments";
import { toldAlerts } from "./told-alerts";

/** The generated parts of docs/notifications.md, by name: tables of receivers, their kinds, routes, inhibitions and alerts. */
export function notificationTables(environments: readonly Environment[]): Readonly<Record<string, string>> {
  return {
    receivers: receiversTable(environments),
    kinds: kindsTable(),
    routes: environments.map(routesTable).join("\n\n"),
    inhibitions: inhibitionsTable(),
    alerts: alertsTable(environments),
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

function kindsTable(): string {
  const all = Object.entries<Pick<ReceiverKind, "secret" | "example" | "words">>(kinds);
  return table(
    ["Kind", "What it is", "To set it up", "Secret", "Most that is sent", "In an environment's file"],
    all.map(([kind, { secret, example, words }]) => [
      code(kind),
      words.what,
      words.setUp,
      code(`<name>_${secret.suffix}`),
      words.most,
      code(written(example)),
    ]),
  );
}

/** A value as a file of TypeScript has it, on one line. */
function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([name, each]) => `${name}: ${written(each)}`)
    .join(", ")} }`;
}

function routesTable(environment: Environment): string {
  const { name, alerting } = environment;
  const routes = routesOf(routingSettingsOf(environment));
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

/** A row for each alert of the rules and its severity; where services have receivers of their own, one for each of those. */
function alertsTable(environments: readonly Environment[]): string {
  const told = environments.map(toldAlerts);
  const alerts = [
    ...new Map(told.flat().map((one) => [`${one.alert} ${one.severity}`, one] as const)).values(),
  ];
  const rows = alerts.flatMap(({ alert, severity, ofAnyService }) => {
    const cellsOf = (service: string) =>
      told.map(
        (all) =>
          all
            .find((one) => one.alert === alert && one.severity === severity && one.service === service)
            ?.receivers.join(", ") ?? "",
      );
    const services = told
      .flat()
      .flatMap((one) => (one.alert === alert && one.severity === severity ? [one.service] : []));
    const byCells = new Map<string, string[]>();
    for (const service of new Set(services)) {
      const key = cellsOf(service).join("|");
      byCells.set(key, [...(byCells.get(key) ?? []), service]);
    }
    const groups = [...byCells.values()].sort((a, b) => b.length - a.length);
    return groups.map((group, index) => [
      code(alert),
      severity,
      ofAnyService && index === 0
        ? `any${groups.length > 1 ? " other" : ""}`
        : group
            .filter((service) => service !== "")
            .map(code)
            .join(", "),
      ...cellsOf(group[0] ?? ""),
    ]);
  });
  return table(["Alert", "Severity", "Service", ...environments.map(({ name }) => name)], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function code(text: string): string {
  return `\`${text}\``;
}
