import type { CostPart } from "../data/cost";
import type { ImpactFinding, ImpactPart } from "../data/impact";
import type { LooksPart, RouteTarget } from "../data/looks";
import { count, difference, list, many, percent } from "../words";
import { codeMarkdown, escapeMarkdown } from "./escape";
import { listLines } from "./table";

/** What must not be merged and what is to be looked at, with places. */
export function impactLines({ findings }: ImpactPart, rows: number): readonly string[] {
  const worst = (["block", "warn"] as const).flatMap((verdict) =>
    findings.filter((finding) => finding.verdict === verdict),
  );
  if (worst.length === 0) return [];
  return ["**What breaks:**", ...listLines(worst.map(findingLine), rows)];
}

function findingLine({ verdict, subject, readers }: ImpactFinding): string {
  const { kind, name, change, to } = subject;
  const target = to === undefined ? "" : ` ${change === "renamed" ? "to" : "to be"} ${codeMarkdown(to, 60)}`;
  const shown = readers
    .slice(0, 2)
    .map(
      ({ where, name: reader, place, consequence }) =>
        `${escapeMarkdown(where, 30)} ${escapeMarkdown(reader, 60)} ${escapeMarkdown(consequence, 60)} (${codeMarkdown(place, 90)})`,
    );
  const rest = readers.length - shown.length;
  const all = [...shown, ...(rest > 0 ? [`${count(rest)} more`] : [])].join("; ");
  const sign = verdict === "block" ? "✗" : "▲";
  return `${sign} ${escapeMarkdown(kind, 30)} ${codeMarkdown(name, 60)} is ${change}${target}${all === "" ? "" : `: ${all}`}`;
}

/** Dashboards, routes and what is proven of them. */
export function looksLines(part: LooksPart, rows: number): readonly string[] {
  const { dashboards, routing, proofs } = part;
  const changed = dashboards.map(({ title, change, panels }) => {
    const names = list(
      panels.map((panel) => `${panel.title} ${panel.change}`),
      3,
    );
    return `${escapeMarkdown(title, 60)} is ${change}${names === "" ? "" : `: ${escapeMarkdown(names, 160)}`}`;
  });
  const routes = routing.map(
    ({ alert, labels, before, after }) =>
      `${escapeMarkdown(alert, 60)}${labels === "" ? "" : ` (${escapeMarkdown(labels, 80)})`}: ${targets(before)} → ${targets(after)}`,
  );
  const signs = { proven: "✓", refuted: "✗", "not proven": "▲" } as const;
  return [
    ...(changed.length > 0 ? ["**Dashboards:**", ...listLines(changed, Math.min(rows, 4))] : []),
    ...(routes.length > 0
      ? [...(changed.length > 0 ? [""] : []), "**Who is told:**", ...listLines(routes, Math.min(rows, 5))]
      : []),
    ...(proofs.length > 0 ? [""] : []),
    ...listLines(
      proofs.map(({ verdict, sentence }) => `${signs[verdict]} ${escapeMarkdown(sentence, 300)}`),
      4,
    ),
  ].slice(changed.length === 0 && routes.length === 0 && proofs.length > 0 ? 1 : 0);
}

function targets(all: readonly RouteTarget[]): string {
  if (all.length === 0) return "**nobody**";
  return escapeMarkdown(
    list(
      all.map(({ receiver, when }) => (when === undefined ? receiver : `${receiver} (${when})`)),
      4,
    ),
    160,
  );
}

/** Series and money in a line each, and what nothing reads. */
export function costLines({ totals, money, unused, relabelling }: CostPart, rows: number): readonly string[] {
  const series = totals.flatMap(({ source, before, after }) =>
    before && after
      ? [
          `${count(before.series)} → ${count(after.series)} series (${difference(before.series, after.series)}), ${escapeMarkdown(source, 80)}`,
        ]
      : [],
  );
  const dollars = money.flatMap(({ engine, before, after }) =>
    before !== undefined && after !== undefined
      ? [`${escapeMarkdown(engine, 60)}: $${before.toFixed(2)} → $${after.toFixed(2)} a month`]
      : [],
  );
  const share = relabelling.reduce((sum, each) => sum + each.series, 0);
  const rest =
    unused.length === 0
      ? []
      : [
          `${many(unused.length, "metric")} that nothing reads: ${escapeMarkdown(list(unused.map(({ metric }) => metric)), 200)}${share > 0 ? `; relabelling saves ${percent(share)} of the series` : ""}`,
        ];
  const lines = [...series, ...dollars, ...rest];
  return lines.length === 0 ? [] : ["**Cost:**", ...listLines(lines, Math.min(rows, 4))];
}
