import { stringify } from "yaml";
import type { DescribedMetric } from "../../../review/version/catalogue";
import type { ReadVersion } from "../../../review/version/version";

/** A metric of the parcels that the versions of these tests watch. */
export function metric(name: string, more: Partial<DescribedMetric> = {}): DescribedMetric {
  return {
    name,
    type: "counter",
    help: `Help of ${name}.`,
    unit: "parcels",
    labels: [{ name: "result", values: ["sent", "lost"] }],
    series: [name],
    stability: "stable",
    owner: "post",
    exportedBy: ["depot"],
    ...more,
  };
}

/** A rule of a rule file. */
export interface TestRule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

interface Parts {
  readonly metrics: readonly DescribedMetric[];
  readonly rules?: readonly TestRule[];
  /** Expressions of its panels, each a panel of its own. */
  readonly panels?: readonly string[];
  readonly alertmanager?: unknown;
  /** Its file of templates. */
  readonly templates?: string;
  readonly externalLabels?: Readonly<Record<string, string>>;
  /** Variables of its dashboard, as Grafana has them. */
  readonly variables?: readonly unknown[];
  /** Where its files are. */
  readonly folder?: string;
  /** In which file of the folder rules are written. */
  readonly sources?: Readonly<Record<string, string>>;
}

/** A version that measures, records and shows these. */
export function version({
  metrics,
  rules = [],
  panels = [],
  alertmanager = defaultRoutes,
  templates = "",
  externalLabels = {},
  variables = [],
  folder = "/nowhere",
  sources = {},
}: Parts): ReadVersion {
  return {
    name: "a version",
    environment: "test",
    folder,
    ruleFiles: { "rules.yml": stringify({ groups: [{ name: "rules", rules }] }) },
    evaluationInterval: "15s",
    externalLabels,
    timezone: "UTC",
    alertmanager: stringify(alertmanager),
    templates,
    alertmanagerUrl: "",
    dashboards: [
      {
        uid: "parcels",
        title: "Parcels",
        folder: "Post",
        json: {
          uid: "parcels",
          title: "Parcels",
          templating: { list: variables },
          panels: panels.map((expr, id) => ({
            id,
            type: "timeseries",
            title: `panel ${String(id)}`,
            targets: [{ refId: "A", expr }],
          })),
        },
      },
    ],
    catalogue: { services: [{ name: "depot", owner: "post" }], metrics },
    sources,
  };
}

const defaultRoutes = { route: { receiver: "team" }, receivers: [{ name: "team" }] };
