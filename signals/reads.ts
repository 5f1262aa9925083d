import type { Expr as Node, VectorExpr } from "@grafana/promql-builder";
import { isAlert, type RuleGroups } from "../alerts/rule";
import type { DashboardFolder } from "../dashboards";
import { askedBy } from "../dashboards/asked";
import { selectorsOf } from "../metrics/promql";

/** What reads series. */
export type ReaderKind = "alert" | "runbook" | "record" | "panel" | "dashboard";

/** A rule, or a panel of a dashboard, with an expression that it reads. */
export interface Reading {
  readonly kind: ReaderKind;
  /** Name of the alert, the recorded series or the panel; of the dashboard for its choices and marks. */
  readonly name: string;
  /** The file of rules, or the dashboard's uid. */
  readonly place: string;
  readonly node: Node;
}

/** What an environment's rules and dashboards read. */
export interface Readable {
  readonly groups: RuleGroups;
  readonly folders: readonly DashboardFolder[];
}

/** All expressions of an environment's rules and dashboards, in the order of their files. */
export function readingsOf({ groups, folders }: Readable): readonly Reading[] {
  const ofRules = Object.entries(groups).flatMap(([place, inFile]) =>
    inFile
      .flatMap(({ rules }) => rules)
      .flatMap((rule): Reading[] => {
        const { node } = rule.expr;
        if (!isAlert(rule)) return [{ kind: "record", name: rule.record, place, node }];
        const { alert: name, runbookReads = [] } = rule;
        return [
          { kind: "alert", name, place, node },
          ...runbookReads.map((asked) => ({ kind: "runbook", name, place, node: asked.node }) as const),
        ];
      }),
  );
  const ofDashboards = folders
    .flatMap(({ dashboards }) => dashboards)
    .flatMap((dashboard) =>
      askedBy(dashboard).map(({ panel, query: { node } }): Reading => {
        const place = dashboard.uid ?? "";
        return panel === undefined
          ? { kind: "dashboard", name: dashboard.title ?? place, place, node }
          : { kind: "panel", name: panel, place, node };
      }),
    );
  return [...ofRules, ...ofDashboards];
}

/** Follows what is recorded to what it is made of. */
export class ReadingIndex {
  private readonly recorders = new Map<string, Node[]>();

  constructor(readings: readonly Reading[]) {
    for (const { kind, name, node } of readings) {
      if (kind === "record") this.recorders.set(name, [...(this.recorders.get(name) ?? []), node]);
    }
  }

  /** The selectors of the series that targets export, or Prometheus writes, which an expression is made of in the end. */
  selectorsIn(node: Node, seen: ReadonlySet<string> = new Set()): readonly VectorExpr[] {
    return selectorsOf(node).flatMap((selector) => {
      const recorders = this.recorders.get(selector.metric);
      if (recorders === undefined) return [selector];
      if (seen.has(selector.metric)) return [];
      const within = new Set([...seen, selector.metric]);
      return recorders.flatMap((inner) => this.selectorsIn(inner, within));
    });
  }
}
