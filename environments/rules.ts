import { z } from "zod";
import { describeValue } from "./describe";
import { alertingSchema } from "./schema/alerting";
import { grafanaSchema, prometheusSchema } from "./schema/containers";

/** Where in an environment something is: `["services", 0, "name"]`. */
export type Path = readonly PropertyKey[];

/** One thing that is wrong in an environment. */
export interface Problem {
  readonly path: Path;
  /** What stands there, in words. */
  readonly found: string;
  /** What may stand there, in words. */
  readonly allowed: string;
}

/**
 * A rule that spans several fields. It reads the raw environment through a schema of just these fields, so that it
 * also speaks when something else is wrong; where its own fields have the wrong shape it is silent, as the
 * environment's schema reports that.
 */
type Rule = (raw: unknown) => Problem[];

function rule<T>(reads: z.ZodType<T>, check: (value: T) => Problem[]): Rule {
  return (raw) => {
    const parsed = reads.safeParse(raw);
    return parsed.success ? check(parsed.data) : [];
  };
}

/** Names that containers of the monitoring have on the networks. */
const reservedNames = ["prometheus", "grafana", "alertmanager", "jaeger", "node-exporter", "cadvisor"];

const named = z.looseObject({ name: z.string().optional().catch(undefined) }).catch({ name: undefined });
const namedList = z.array(named);

function duplicates(entries: readonly { name?: string }[], path: Path, allowed: string): Problem[] {
  const names = entries.map(({ name }) => name);
  return names.flatMap((name, index) =>
    name !== undefined && names.indexOf(name) !== index
      ? [{ path: [...path, index, "name"], found: describeValue(name), allowed }]
      : [],
  );
}

const evaluated = z.looseObject({ periodSeconds: z.number(), evaluationPeriods: z.number() });
const target = z.looseObject({ target: z.looseObject({ kind: z.unknown() }) });

/** CloudWatch looks back a day at the most, and three hours where a Metrics Insights query finds the fleet. */
function windowIsAllowed(path: readonly string[], isHostMetric: boolean): Rule {
  const reads = path.reduceRight<z.ZodType>((inner, key) => z.looseObject({ [key]: inner }), evaluated);
  return rule(reads, (environment) => {
    const alarm = evaluated.parse(path.reduce(property, environment));
    const parsed = target.safeParse(property(environment, "cloudwatch"));
    const isQuery = isHostMetric && parsed.data?.target.kind === "fleet";
    const [limit, words] = isQuery ? [10800, "three hours, for a fleet"] : [86400, "one day"];
    const seconds = alarm.periodSeconds * alarm.evaluationPeriods;
    const allowed = `periodSeconds x evaluationPeriods of at most ${String(limit)}, ${words}`;
    return seconds > limit ? [{ path: [...path, "evaluationPeriods"], found: String(seconds), allowed }] : [];
  });
}

function property(value: unknown, key: string): unknown {
  return (value as Record<string, unknown>)[key];
}

const cpuNeedsDetailedMonitoring = rule(
  z.looseObject({
    cloudwatch: z.looseObject({
      detailedMonitoring: z.literal(false),
      alarms: z.looseObject({ highCpu: z.looseObject({ periodSeconds: z.number().lt(300) }) }),
    }),
  }),
  ({ cloudwatch }) => [
    {
      path: ["cloudwatch", "alarms", "highCpu", "periodSeconds"],
      found: String(cloudwatch.alarms.highCpu.periodSeconds),
      allowed: "at least 300 without detailedMonitoring: EC2 then reports once in five minutes",
    },
  ],
);

const instancesAreDifferent = rule(
  z.looseObject({
    cloudwatch: z.looseObject({ target: z.looseObject({ instanceIds: z.array(z.unknown()) }) }),
  }),
  ({ cloudwatch }) =>
    cloudwatch.target.instanceIds.flatMap((id, index, ids) =>
      ids.indexOf(id) === index
        ? []
        : [
            {
              path: ["cloudwatch", "target", "instanceIds", index],
              found: describeValue(id),
              allowed: "each instance once",
            },
          ],
    ),
);

const servicesHaveNames = rule(z.looseObject({ services: namedList }), ({ services }) => [
  ...duplicates(services, ["services"], "a name that no other service has"),
  ...services.flatMap(({ name }, index) =>
    name !== undefined && reservedNames.includes(name)
      ? [
          {
            path: ["services", index, "name"],
            found: describeValue(name),
            allowed: "a name that the monitoring does not use itself",
          },
        ]
      : [],
  ),
]);

const hostPorts = z.looseObject({
  prometheus: z.looseObject({ hostPort: prometheusSchema.shape.hostPort }),
  grafana: z.looseObject({ hostPort: grafanaSchema.shape.hostPort }),
  alerting: z.looseObject({ hostPort: alertingSchema.shape.hostPort }),
});
const hostPortsAreDifferent = rule(hostPorts, (environment) => {
  const published = (["prometheus", "grafana", "alerting"] as const).map((owner) => ({
    owner,
    hostPort: environment[owner].hostPort,
  }));
  return published.flatMap(({ owner, hostPort }, index) => {
    const other = published.slice(0, index).find((earlier) => earlier.hostPort === hostPort);
    const allowed = `a port of the host that is free: ${other?.owner ?? ""}.hostPort has this one`;
    return other ? [{ path: [owner, "hostPort"], found: String(hostPort), allowed }] : [];
  });
});

const receiversHaveNames = rule(
  z.looseObject({ alerting: z.looseObject({ receivers: namedList }) }),
  ({ alerting }) =>
    duplicates(alerting.receivers, ["alerting", "receivers"], "a name that no other receiver has"),
);

const routing = z.looseObject({
  alerting: z.looseObject({
    receivers: namedList,
    defaultReceiver: z.unknown(),
    routes: z.array(
      z
        .looseObject({ severity: z.unknown(), receivers: z.array(z.unknown()).catch([]) })
        .catch({ severity: undefined, receivers: [] }),
    ),
  }),
});
const routesLeadToReceivers = rule(routing, ({ alerting }) => {
  const names = alerting.receivers.flatMap(({ name }) => name ?? []);
  const allowed = `the name of a receiver of this environment: ${[...new Set(names)].join(", ")}`;
  const unknown = (path: Path, found: unknown): Problem[] =>
    typeof found === "string" && !names.includes(found)
      ? [{ path: ["alerting", ...path], found: describeValue(found), allowed }]
      : [];
  return [
    ...unknown(["defaultReceiver"], alerting.defaultReceiver),
    ...alerting.routes.flatMap((route, index) =>
      route.receivers.flatMap((name, position) => {
        const path = ["routes", index, "receivers", position];
        return route.receivers.indexOf(name) === position
          ? unknown(path, name)
          : [{ path: ["alerting", ...path], found: describeValue(name), allowed: "each receiver once" }];
      }),
    ),
    ...alerting.routes.flatMap(({ severity }, index, routes) =>
      severity !== undefined && routes.findIndex((other) => other.severity === severity) !== index
        ? [
            {
              path: ["alerting", "routes", index, "severity"],
              found: describeValue(severity),
              allowed: "a severity that no other route takes",
            },
          ]
        : [],
    ),
  ];
});

/** Terraform would read `${` and `%{` of a text as the start of a template, and put something else in its place. */
function noTemplates(raw: unknown, path: Path = [], seen = new Set<unknown>()): Problem[] {
  if (typeof raw === "string") {
    return /[$%]\{/.test(raw)
      ? [{ path, found: describeValue(raw), allowed: "a text without ${ and %{" }]
      : [];
  }
  if (typeof raw !== "object" || raw === null || seen.has(raw)) return [];
  seen.add(raw);
  return Object.entries(raw).flatMap(([key, value]) =>
    noTemplates(value, [...path, Array.isArray(raw) ? Number(key) : key], seen),
  );
}

/** All rules that span several fields. */
export const rules: readonly Rule[] = [
  noTemplates,
  windowIsAllowed(["cloudwatch", "alarms", "highCpu"], true),
  windowIsAllowed(["cloudwatch", "alarms", "statusCheckFailed"], true),
  windowIsAllowed(["cloudwatch", "alarms", "errorLines"], false),
  windowIsAllowed(["cloudwatch", "agent"], true),
  cpuNeedsDetailedMonitoring,
  instancesAreDifferent,
  servicesHaveNames,
  hostPortsAreDifferent,
  receiversHaveNames,
  routesLeadToReceivers,
];
