import { parse, stringify } from "yaml";
import type { DescribedMetric } from "../../../review/version/catalogue";
import type { ReadVersion } from "../../../review/version/version";

/** What is gone of a version. */
export type Mutation =
  | {
      readonly kind: "metric" | "series" | "record" | "alert";
      readonly names: readonly string[];
      readonly to?: string;
    }
  | { readonly kind: "label"; readonly names: readonly string[]; readonly label: string }
  | {
      readonly kind: "value";
      readonly names: readonly string[];
      readonly label: string;
      readonly value: string;
    }
  /** A metric that was a counter or a histogram is a gauge. */
  | { readonly kind: "type"; readonly names: readonly string[] }
  | { readonly kind: "dashboard" | "receiver" | "route"; readonly names: readonly string[] }
  /** A matcher of a route names a value that no alert has. */
  | { readonly kind: "route value"; readonly names: readonly string[]; readonly value: string };

interface RouteJson {
  receiver: string;
  matchers?: string[];
  routes?: RouteJson[];
}
interface ConfigurationJson {
  route: RouteJson;
  receivers: { name: string }[];
}

/** Numbers from 0 to 1 that look like chance: the same for the same seed. */
export function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A mutation by chance, with the version as it is then. */
export function mutated(
  version: ReadVersion,
  chance: () => number,
): { readonly mutation: Mutation; readonly after: ReadVersion } {
  const one = <T>(all: readonly T[]): T => all[Math.floor(chance() * all.length)] as T;
  const { metrics: all } = version.catalogue;
  // Those of alerts Prometheus writes, whatever anybody changes.
  const metrics = all.filter(({ name }) => !name.startsWith("ALERTS"));
  const kinds = ["metric", "rename", "series", "label", "value", "record", "alert", "type"] as const;
  const others = ["dashboard", "receiver", "route", "route value"] as const;
  const kind = one([...kinds, ...others]);
  const withRoutes = (change: (configuration: ConfigurationJson) => void): ReadVersion => {
    const configuration = parse(version.alertmanager) as ConfigurationJson;
    change(configuration);
    return { ...version, alertmanager: stringify(configuration) };
  };
  const withMetric = (old: DescribedMetric, now: readonly DescribedMetric[]): ReadVersion => ({
    ...version,
    catalogue: { ...version.catalogue, metrics: all.flatMap((each) => (each === old ? now : [each])) },
  });
  switch (kind) {
    case "metric": {
      const metric = one(metrics);
      return { mutation: { kind, names: metric.series }, after: withMetric(metric, []) };
    }
    case "rename": {
      const metric = one(metrics);
      const [name, series] = [`new_${metric.name}`, metric.series.map((each) => `new_${each}`)];
      const after = withMetric(metric, [{ ...metric, name, series, ...(metric.stored && { stored: [] }) }]);
      return { mutation: { kind: "metric", names: metric.series, to: name }, after };
    }
    case "series": {
      const metric = one(metrics.filter(({ series }) => series.length > 1));
      const gone = one(metric.series);
      const kept = (all: readonly string[]) => all.filter((each) => each !== gone);
      const now = {
        ...metric,
        series: kept(metric.series),
        ...(metric.stored && { stored: kept(metric.stored) }),
      };
      return { mutation: { kind, names: [gone] }, after: withMetric(metric, [now]) };
    }
    case "label": {
      const metric = one(metrics.filter(({ labels }) => labels.length > 0));
      const label = one(metric.labels);
      const after = withMetric(metric, [
        { ...metric, labels: metric.labels.filter((each) => each !== label) },
      ]);
      return { mutation: { kind, names: metric.series, label: label.name }, after };
    }
    case "value": {
      const metric = one(metrics.filter(({ labels }) => labels.some(({ values = [] }) => values.length > 0)));
      const label = one(metric.labels.filter(({ values = [] }) => values.length > 0));
      const value = one(label.values ?? []);
      const labels = metric.labels.map((each) =>
        each === label ? { ...each, values: (each.values ?? []).filter((other) => other !== value) } : each,
      );
      return {
        mutation: { kind, names: metric.series, label: label.name, value },
        after: withMetric(metric, [{ ...metric, labels }]),
      };
    }
    case "record":
    case "alert": {
      const pattern = new RegExp(`^ +- ${kind}: (.+)$`, "gm");
      const names = Object.values(version.ruleFiles).flatMap((text) =>
        [...text.matchAll(pattern)].map(([, name = ""]) => name),
      );
      const name = one(names);
      const to = `${name}${kind === "record" ? "_new" : "New"}`;
      const ruleFiles = Object.fromEntries(
        Object.entries(version.ruleFiles).map(([file, text]) => [
          file,
          text.replaceAll(`- ${kind}: ${name}\n`, `- ${kind}: ${to}\n`),
        ]),
      );
      return { mutation: { kind, names: [name], to }, after: { ...version, ruleFiles } };
    }
    case "type": {
      const metric = one(metrics.filter(({ type }) => type !== "gauge"));
      return {
        mutation: { kind, names: metric.series },
        after: withMetric(metric, [{ ...metric, type: "gauge" }]),
      };
    }
    case "dashboard": {
      const { uid } = one(version.dashboards);
      const dashboards = version.dashboards.filter((each) => each.uid !== uid);
      return { mutation: { kind, names: [uid] }, after: { ...version, dashboards } };
    }
    case "receiver": {
      const { name } = one((parse(version.alertmanager) as ConfigurationJson).receivers);
      const after = withRoutes((configuration) => {
        configuration.receivers = configuration.receivers.filter((each) => each.name !== name);
      });
      return { mutation: { kind, names: [name] }, after };
    }
    case "route":
    case "route value": {
      const [share, names, value] = [chance(), new Array<string>(), "of no alert"];
      const after = withRoutes(({ route }) => {
        const { routes = [] } = route;
        const index = Math.floor(share * routes.length);
        const [chosen] = routes.slice(index, index + 1);
        if (chosen === undefined) return;
        names.push(chosen.receiver);
        if (kind === "route") routes.splice(index, 1);
        else chosen.matchers = [(chosen.matchers?.[0] ?? "").replace(/[=!~]+.*$/, `="${value}"`)];
      });
      return { mutation: kind === "route" ? { kind, names } : { kind, names, value }, after };
    }
  }
}
