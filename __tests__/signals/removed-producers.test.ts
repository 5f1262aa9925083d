import fc from "fast-check";
import { parse } from "yaml";
import { readableOf, ruleFilesOf } from "../../stacks/system";
import { FedOracle, type RenderedRule } from "../support/fed-oracle";
import { type Environment, type EnvironmentInput, parseEnvironment } from "../support/environments";
import { dev } from "../support/environments/dev";
import { local } from "../support/environments/local";
import { prod } from "../support/environments/prod";
import { staging } from "../support/environments/staging";

/** What an environment has of rules and panels, as texts that say which is which. */
interface Rendered {
  readonly rules: readonly RenderedRule[];
  readonly panels: readonly {
    readonly key: string;
    /** Whether it asks Loki, not Prometheus. */
    readonly ofLines: boolean;
    readonly exprs: readonly string[];
  }[];
  readonly dashboards: readonly string[];
  readonly rows: readonly string[];
  readonly links: readonly string[];
}

interface PanelJson {
  readonly type: string;
  readonly title?: string;
  readonly datasource?: { readonly type?: string };
  /** Without an expression where another data source than Prometheus or Loki is asked. */
  readonly targets?: readonly { readonly expr?: string }[];
  readonly panels?: readonly PanelJson[];
}

function rendered(environment: Environment): Rendered {
  const files = Object.values(ruleFilesOf(environment)).map(
    (text) => parse(text) as { groups: { rules: RenderedRule[] }[] },
  );
  const { folders } = readableOf(environment);
  const dashboards = folders.flatMap((folder) => folder.dashboards);
  const all = dashboards.map(
    (each) => [each.uid ?? "", (each.panels ?? []) as readonly PanelJson[]] as const,
  );
  const flat = all.flatMap(([uid, panels]) =>
    panels.flatMap((panel) => [panel, ...(panel.panels ?? [])]).map((panel) => ({ uid, panel })),
  );
  return {
    rules: files.flatMap(({ groups }) => groups.flatMap(({ rules }) => rules)),
    panels: flat
      .filter(({ panel }) => panel.targets?.some(({ expr }) => expr !== undefined))
      .map(({ uid, panel }) => ({
        key: `${uid}: ${panel.title ?? ""}`,
        ofLines: panel.datasource?.type === "loki",
        exprs: (panel.targets ?? []).flatMap(({ expr }) => expr ?? []),
      })),
    dashboards: all.map(([uid]) => uid),
    rows: all.flatMap(([uid, panels]) => emptyRows(panels).map((title) => `${uid}: ${title}`)),
    links: dashboards.flatMap(({ links = [] }) =>
      (links ?? []).map(({ url = "" }) => /^\/d\/([^?]+)/.exec(url)?.[1] ?? ""),
    ),
  };
}

/** Titles of rows that have no panel, neither in them nor below. */
function emptyRows(panels: readonly PanelJson[]): string[] {
  return panels.flatMap(({ type, title = "", panels: inner = [] }, index) => {
    const next = panels[index + 1];
    return type === "row" && inner.length === 0 && (next === undefined || next.type === "row") ? [title] : [];
  });
}

const bases: readonly EnvironmentInput[] = [local, dev, staging, prod];
const whole = bases.map((input) => rendered(parseEnvironment(input, "whole.ts")));

/** An environment without some of what produces, and what its whole form has. */
const reduced = fc
  .record({
    base: fc.nat(bases.length - 1),
    kept: fc.subarray(
      (bases[0]?.services ?? []).map(({ name }) => name),
      { minLength: 1 },
    ),
    cadvisor: fc.boolean(),
    loki: fc.boolean(),
  })
  .map(({ base, kept, cadvisor, loki }) => {
    const input = bases[base] ?? local;
    const { cadvisor: exporter, blackboxExporter, loki: lines, ...rest } = input;
    const services = input.services.filter(({ name }) => kept.includes(name));
    const routes = input.alerting.routes.filter(({ owner }) => owner === undefined);
    const receivers = input.alerting.receivers.filter(
      ({ kind, name }) =>
        kind === "heartbeat" ||
        name === input.alerting.defaultReceiver ||
        routes.some((route) => route.receivers?.includes(name)),
    );
    const alerting = { ...input.alerting, routes, receivers };
    return {
      base,
      input: {
        ...rest,
        ...(cadvisor && exporter !== undefined && { cadvisor: exporter }),
        ...(loki && lines !== undefined && { loki: lines }),
        // Where no service is published there is nothing to ask.
        ...(services.some(({ publicUrl }) => publicUrl !== undefined) && { blackboxExporter }),
        services,
        alerting,
      },
    };
  });

const keyOf = ({ alert = "", record = "", expr, labels = {} }: RenderedRule) =>
  JSON.stringify([alert, record, expr, labels.severity, labels.service]);
/** Alerts on alerts name those that there are: their expressions differ with them. */
const isOfAlerts = ({ alert = "" }: RenderedRule) => alert.startsWith("Recent");

it("without what produces it exactly its readers are left out", () => {
  let removed = 0;
  fc.assert(
    fc.property(reduced, ({ base, input }) => {
      const environment = parseEnvironment(input, "reduced.ts");
      const before = whole[base];
      if (before === undefined) throw new Error("There is no such base.");
      const after = rendered(environment);
      const oracle = new FedOracle(environment);
      const services: readonly string[] = environment.services.map(({ name }) => name);
      // What is made of each service is not made of those that are not there.
      const ofThese = before.rules.filter((rule) =>
        servicesIn(rule).every((name) => services.includes(name)),
      );
      const live = oracle.fire(ofThese.filter((rule) => !isOfAlerts(rule)));
      expect(
        after.rules
          .filter((rule) => !isOfAlerts(rule))
          .map(keyOf)
          .sort(),
      ).toEqual(live.map(keyOf).sort());
      const names = after.rules.map(({ alert }) => alert);
      for (const { expr } of after.rules.filter(isOfAlerts)) {
        const named = [...expr.matchAll(/alertname=~?"([^"]+)"/g)].flatMap(([, list = ""]) =>
          list.split("|"),
        );
        expect(named.length).toBeGreaterThan(2);
        expect(named.filter((name) => !names.includes(name))).toEqual([]);
      }

      const gives = ({ ofLines }: { ofLines: boolean }, expr: string) =>
        ofLines ? environment.loki !== undefined : oracle.gives(expr);
      const given = before.panels
        .map((panel) => ({ ...panel, exprs: panel.exprs.filter((expr) => gives(panel, expr)) }))
        .filter(({ exprs }) => exprs.length > 0);
      expect(after.panels.map(({ key }) => key)).toEqual(given.map(({ key }) => key));
      const empty = after.panels.flatMap((panel) => panel.exprs.filter((expr) => !gives(panel, expr)));
      expect(empty).toEqual([]);
      expect(after.rows).toEqual([]);
      expect(after.links.filter((uid) => !after.dashboards.includes(uid))).toEqual([]);
      removed += before.rules.length - after.rules.length;
    }),
    { numRuns: 60 },
  );
  expect(removed).toBeGreaterThan(1_000);
});

/** The services that a rule names, in a label or in a matcher. */
function servicesIn({ expr, labels = {} }: RenderedRule): readonly string[] {
  const named = [...expr.matchAll(/service=~?"([^"]+)"/g)].flatMap(([, list = ""]) => list.split("|"));
  const all = (bases[0]?.services ?? []).map(({ name }) => name);
  return [...named, labels.service ?? ""].filter((name) => all.includes(name));
}
