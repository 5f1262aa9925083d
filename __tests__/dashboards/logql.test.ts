import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { LRParser } from "@lezer/lr";
import { dashboardFolders } from "../../dashboards";
import { linesAskedBy } from "../../dashboards/asked";
import { linesOfSpan } from "../../dashboards/trace-queries";
import { lines, linesPerSecond, type StreamLabel } from "../../dashboards/logql";
import { logsPanel } from "../../dashboards/log-panels";
import { timeseriesPanel } from "../../dashboards/panels";
import { anyOf, matches, select, sum, variable } from "../../metrics/promql";
import { refusingProblems } from "../../metrics/problems";
import { dashboardSettings } from "../support/dashboard-settings";
import { system } from "../support/system";

const chosen = lines({ container: variable("service") });
const panel = { title: "It", description: "What it shows." } as const;

it.each([
  [chosen, '{container=~"$service"}'],
  [
    lines({ environment: "prod", container: anyOf("a.b", "c") }),
    '{environment="prod", container=~"a\\\\.b|c"}',
  ],
  [chosen.containing('say "hi"'), '{container=~"$service"} |= "say \\"hi\\""'],
  [
    chosen.where("level", matches("[5-9].")),
    '{container=~"$service"} | json level="level" | level=~"[5-9]."',
  ],
  [
    linesPerSecond(chosen.containing("x"), ["container"]),
    'sum by (container) (rate({container=~"$service"} |= "x" [$__auto]))',
  ],
])("writes %s", (query, text) => {
  expect(query.toString()).toBe(text);
});

it.each<[string, () => unknown, string]>([
  ["a label of no stream", () => lines({ pod: "x" } as never), 'lines: label: found "pod"'],
  ["a field that lines have not", () => chosen.where("lvl" as never, "50"), 'where: label: found "lvl"'],
  [
    "a sum by another label",
    () => linesPerSecond(chosen, ["pod" as StreamLabel]),
    'linesPerSecond: label: found "pod"',
  ],
  [
    "a legend with a label that is not kept",
    () =>
      timeseriesPanel({
        ...panel,
        unit: "cps",
        queries: { "{{environment}}": linesPerSecond(chosen, ["container"]) },
      }),
    'label: found "environment"',
  ],
  [
    "a panel of series and of lines",
    () =>
      timeseriesPanel({
        ...panel,
        unit: "cps",
        queries: { up: sum(select("up")), lines: linesPerSecond(chosen, ["container"]) },
      }),
    "queries: found queries of series and of log lines",
  ],
  [
    "numbers where lines are shown",
    () => logsPanel({ ...panel, lines: linesPerSecond(chosen, ["container"]) as never }),
    "allowed: log lines, as lines gives them",
  ],
])("refuses %s", (_, make, problem) => {
  expect(() => refusingProblems(make)).toThrow(problem);
});

/** Its types are of a module that only `import` takes, its code is not. */
const { parser } = jest.requireActual<{ readonly parser: LRParser }>("@grafana/lezer-logql");

/** What Grafana's own grammar of LogQL finds wrong in a query, as texts. */
function mistakesIn(query: string): readonly string[] {
  const mistakes: string[] = [];
  parser.parse(query).iterate({
    enter: ({ type, from }) => {
      if (type.isError) mistakes.push(query.slice(from) || "its end");
    },
  });
  return mistakes;
}

describe("Grafana's own grammar of LogQL", () => {
  const asked = dashboardFolders(dashboardSettings(), system.dashboards)
    .flatMap(({ dashboards }) => dashboards)
    .flatMap(linesAskedBy);

  it("finds mistakes", () => {
    expect(mistakesIn('{container="x" |= "y"')).not.toEqual([]);
    expect(mistakesIn('rate({container="x"})')).not.toEqual([]);
  });

  it.each(asked.map(({ panel, query }) => [panel, query.toString()]))("takes that of %s", (_, query) => {
    expect(mistakesIn(query.replace("$__auto", "1m"))).toEqual([]);
  });

  it("takes what a span leads to", () => {
    const { serviceLabel, query } = linesOfSpan();
    expect(query).toContain("${__tags}");
    expect(mistakesIn(query.replace("${__tags}", `${serviceLabel}="order-service"`))).toEqual([]);
  });

  it("takes the examples of the documentation", () => {
    const document = readFileSync(join(__dirname, "../../docs/loki.md"), "utf8");
    const rows = /\| what +\| LogQL[^]*?\n\n/.exec(document)?.[0] ?? "";
    const examples = [...rows.matchAll(/\| `(.+)` +\|$/gm)].map(([, cell = ""]) =>
      cell.replaceAll("\\|", "|"),
    );
    expect(examples.length).toBeGreaterThan(3);
    expect(examples.flatMap(mistakesIn)).toEqual([]);
  });

  it("is asked by more than one panel", () => {
    expect(new Set(asked.map(({ panel }) => panel)).size).toBeGreaterThan(2);
  });
});
