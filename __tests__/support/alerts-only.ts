import { parse as parseYaml, stringify } from "yaml";
import { allNodesOf, parse, type Binary, type Expression } from "../../metrics/promql-analysis";
import type { Past } from "../../review/past/past";
import { alertSeries, selectorsIn, takesName } from "../../review/replay/rules";

/** An alerting rule as it stands in a file. */
export interface WrittenAlert {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly keep_firing_for?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

interface RuleFile {
  readonly groups: readonly {
    readonly name: string;
    readonly rules: readonly (WrittenAlert | { readonly record: string })[];
  }[];
}

type Rewrite = (rule: WrittenAlert) => readonly WrittenAlert[] | Promise<readonly WrittenAlert[]>;

/** Files with their alerting rules alone, each of which is rewritten as some, or none. */
export async function alertsOnly(
  ruleFiles: Readonly<Record<string, string>>,
  rewrite: Rewrite,
): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const [file, text] of Object.entries(ruleFiles)) {
    const groups = [];
    for (const group of (parseYaml(text) as RuleFile).groups) {
      const rules: WrittenAlert[] = [];
      for (const rule of group.rules) if ("alert" in rule) rules.push(...(await rewrite(rule)));
      if (rules.length > 0) groups.push({ ...group, rules });
    }
    if (groups.length > 0) files[file] = stringify({ groups });
  }
  return files;
}

/** Whether a rule reads the series of alerts. */
export function readsAlerts({ expr }: WrittenAlert): boolean {
  return selectorsIn(parse(expr)).some((selector) => alertSeries.some((name) => takesName(selector, name)));
}

/** A rule without what holds it in its state when its condition has ended. */
export function endingAtOnce({ keep_firing_for: _, ...rule }: WrittenAlert): WrittenAlert {
  return rule;
}

/** A rule with other thresholds: each of its comparisons with a number is made with numbers that the other side crosses. */
export async function crossed(rule: WrittenAlert, past: Past): Promise<readonly WrittenAlert[]> {
  const { expr } = parse(rule.expr);
  const variants: WrittenAlert[] = [];
  for (const [place, { left, right }] of comparisonsIn(expr).entries()) {
    const text = rule.expr.slice(left.from, left.to);
    const steps = { from: past.from, to: past.to, step: 300_000 };
    const values = (await past.evaluate({ text, expr: left }, steps)).flatMap((column) =>
      [...column.values].filter((value, index) => column.present[index] === 1 && Number.isFinite(value)),
    );
    const sorted = [...new Set(values)].sort((one, other) => one - other);
    for (const [share, time] of [
      [0.2, "0s"],
      [0.5, "1m"],
      [0.8, rule.for ?? "0s"],
    ] as const) {
      const threshold = sorted[Math.floor(sorted.length * share)];
      if (threshold === undefined) continue;
      const changed = `${rule.expr.slice(0, right.from)}${String(threshold)}${rule.expr.slice(right.to)}`;
      const labels = { ...rule.labels, variant: `${String(place)} ${String(share)}` };
      variants.push({ ...rule, expr: changed, for: time, labels });
    }
  }
  return variants;
}

function comparisonsIn(expr: Expression): readonly Binary[] {
  return allNodesOf(expr).filter(
    (node): node is Binary =>
      node.kind === "binary" &&
      ["<", ">", "<=", ">="].includes(node.op) &&
      node.right.kind === "number" &&
      selectorsIn({ expr: node.left }).length > 0,
  );
}
