import { z } from "zod";
import { describeValue, nearest } from "../describe";
import { alertingSchema, timeOfDay } from "../schema/alerting";
import { grafanaSchema, jaegerSchema, motoSchema } from "../schema/containers";
import { durationMs } from "../schema/primitives";
import { prometheusSchema } from "../schema/prometheus";
import { inboxSchema, serviceSchema } from "../schema/services";
import { duplicates, type Path, type Problem, type Rule, rule } from "./rule";

/** Name of the receiver that every environment has, for alerts that nobody is told of. */
const reservedName = "nobody";

const withReceivers = z.looseObject({
  receivers: z.array(
    z
      .looseObject({ name: z.string().optional().catch(undefined), kind: z.unknown() })
      .catch({ name: undefined, kind: undefined }),
  ),
});

/** The names that a route may lead to. */
function namesForRoutes(receivers: z.infer<typeof withReceivers>["receivers"]): string[] {
  return receivers.flatMap(({ name, kind }) => (kind === "heartbeat" ? [] : (name ?? [])));
}

const receiversHaveNames = rule(z.looseObject({ alerting: withReceivers }), ({ alerting }) => [
  ...duplicates(alerting.receivers, ["alerting", "receivers"], "a name that no other receiver has"),
  ...alerting.receivers.flatMap(({ name, kind }, index, all) => [
    ...(name === reservedName
      ? [problem(["receivers", index, "name"], name, "another name: this one tells nobody")]
      : []),
    ...(kind === "heartbeat" && all.findIndex((other) => other.kind === kind) !== index
      ? [problem(["receivers", index, "kind"], kind, "one heartbeat: the Watchdog goes to one receiver")]
      : []),
  ]),
]);

const route = z.looseObject({
  severity: z.unknown(),
  owner: z.unknown().optional(),
  activeDuring: z.unknown().optional(),
  receivers: z.array(z.unknown()).catch([]),
});
const withRoutes = z.object({
  defaultReceiver: z.unknown(),
  routes: z.array(
    route.catch({ severity: undefined, owner: undefined, activeDuring: undefined, receivers: [] }),
  ),
});

const routesLeadToReceivers = rule(
  z.looseObject({ alerting: withReceivers.extend(withRoutes.shape) }),
  ({ alerting: { receivers, defaultReceiver, routes } }) => {
    const names = namesForRoutes(receivers);
    const heartbeats = receivers.flatMap(({ name, kind }) => (kind === "heartbeat" ? (name ?? []) : []));
    const refused = (path: Path, name: unknown): Problem[] => {
      if (typeof name !== "string" || names.includes(name)) return [];
      if (heartbeats.includes(name)) {
        return [problem(path, name, "a receiver that is no heartbeat: that gets the Watchdog alone")];
      }
      return [problem(path, name, oneOf("the name of a receiver of this environment", names, name))];
    };
    return [
      ...refused(["defaultReceiver"], defaultReceiver),
      ...routes.flatMap((route, index) =>
        route.receivers.flatMap((name, position) => {
          const path = ["routes", index, "receivers", position];
          return route.receivers.indexOf(name) === position
            ? refused(path, name)
            : [problem(path, name, "each receiver once")];
        }),
      ),
    ];
  },
);

const routesAreReached = rule(z.looseObject({ alerting: withRoutes }), ({ alerting: { routes } }) =>
  routes.flatMap(({ severity, owner, receivers }, index) => {
    const first = routes.findIndex((other) => other.severity === severity && other.owner === owner);
    const whose = owner === undefined ? "" : " of this owner";
    return [
      ...(severity !== undefined && first !== index
        ? [problem(["routes", index, "severity"], severity, `a severity that no other route${whose} takes`)]
        : []),
      ...(severity === "critical" && receivers.length === 0
        ? [problem(["routes", index, "receivers"], receivers, "at least one receiver of critical alerts")]
        : []),
    ];
  }),
);

const receiversAreUsed = rule(
  z.looseObject({ alerting: withReceivers.extend(withRoutes.shape) }),
  ({ alerting: { receivers, defaultReceiver, routes } }) => {
    const used = asMeant(
      [defaultReceiver, ...routes.flatMap((each) => each.receivers)],
      namesForRoutes(receivers),
    );
    return receivers.flatMap(({ name, kind }, index) =>
      name === undefined || kind === "heartbeat" || used.includes(name)
        ? []
        : [problem(["receivers", index, "name"], name, "a receiver that a route leads to")],
    );
  },
);

const timeIntervals = z
  .array(
    z
      .looseObject({
        name: z.string().optional().catch(undefined),
        start: z.string().optional().catch(undefined),
        end: z.string().optional().catch(undefined),
      })
      .catch({ name: undefined, start: undefined, end: undefined }),
  )
  .default([]);
const timeIntervalsMeanSomething = rule(
  z.looseObject({ alerting: withRoutes.extend({ timeIntervals }) }),
  ({ alerting }) => {
    const names = alerting.timeIntervals.flatMap(({ name }) => name ?? []);
    const asked = alerting.routes.map(({ activeDuring }) => activeDuring);
    const used = asMeant(asked, names);
    return [
      ...duplicates(alerting.timeIntervals, ["alerting", "timeIntervals"], "a name that no other one has"),
      ...asked.flatMap((name, index) =>
        typeof name === "string" && !names.includes(name)
          ? [
              problem(
                ["routes", index, "activeDuring"],
                name,
                oneOf("the name of a time interval of this environment", names, name),
              ),
            ]
          : [],
      ),
      ...alerting.timeIntervals.flatMap(({ name, start, end }, index) => [
        ...(name !== undefined && !used.includes(name)
          ? [problem(["timeIntervals", index, "name"], name, "a time interval that a route names")]
          : []),
        ...(isTimeOfDay(start) && isTimeOfDay(end) && start >= end
          ? [problem(["timeIntervals", index, "end"], end, `a time after the start, ${start}`)]
          : []),
      ]),
    ];
  },
);

/** Of two digits each, so that they compare as texts; the schema reports any other. */
function isTimeOfDay(text: string | undefined): text is string {
  return text !== undefined && timeOfDay.safeParse(text).success;
}

const published = <T extends z.ZodType<number | undefined>>(hostPort: T) =>
  z.looseObject({ hostPort }).optional().catch(undefined);
const clustered = z.looseObject({
  alerting: z.looseObject({ hostPort: alertingSchema.shape.hostPort, replicas: z.literal(2) }),
  prometheus: published(prometheusSchema.shape.hostPort),
  grafana: published(grafanaSchema.shape.hostPort),
  jaeger: published(jaegerSchema.shape.hostPort).prefault({}),
  inbox: published(inboxSchema.shape.hostPort),
  moto: published(motoSchema.shape.hostPort),
  services: z.array(published(serviceSchema.shape.hostPort)).catch([]),
});
const secondHasAPort = rule(clustered, ({ alerting, services, ...others }) => {
  const second = alerting.hostPort + 1;
  const { prometheus, grafana, jaeger, inbox, moto } = others;
  const taken = [prometheus, grafana, jaeger, inbox, moto, ...services].map((each) => each?.hostPort);
  return taken.includes(second) || second > 65535
    ? [
        problem(
          ["hostPort"],
          alerting.hostPort,
          "a port of the host whose next one is free, for the second one",
        ),
      ]
    : [];
});

/** A second Alertmanager waits 15 s for the first, and compares what it saw before with what the first told meanwhile. */
const shortestClusterIntervalMs = 30_000;
const clusteredRoutes = z.looseObject({
  alerting: z.looseObject({
    replicas: z.literal(2),
    routes: z.array(
      z
        .looseObject({ groupInterval: z.string().optional().catch(undefined) })
        .catch({ groupInterval: undefined }),
    ),
  }),
});
const clusterHasTimeToAgree = rule(clusteredRoutes, ({ alerting: { routes } }) =>
  routes.flatMap(({ groupInterval }, index) =>
    groupInterval !== undefined && durationMs(groupInterval) <= shortestClusterIntervalMs
      ? [
          problem(
            ["routes", index, "groupInterval"],
            groupInterval,
            "a duration above 30s: at a shorter one two Alertmanagers tell things twice",
          ),
        ]
      : [],
  ),
);

function problem(path: Path, found: unknown, allowed: string): Problem {
  return { path: ["alerting", ...path], found: describeValue(found), allowed };
}

/** What is named; where a name is misspelt, the one that was meant: a slip is one problem, not two. */
function asMeant(found: readonly unknown[], names: readonly string[]): readonly unknown[] {
  return found.map((name) =>
    typeof name === "string" && !names.includes(name) ? (nearest(name, names) ?? name) : name,
  );
}

/** What is allowed, and which of it was probably meant. */
function oneOf(what: string, names: readonly string[], found: string): string {
  const meant = nearest(found, names);
  return `${what}: ${[...new Set(names)].join(", ") || "there is none"}${meant === undefined ? "" : `; did you mean "${meant}"?`}`;
}

/** Rules of receivers and routes. */
export const alertingRules: readonly Rule[] = [
  receiversHaveNames,
  routesLeadToReceivers,
  routesAreReached,
  receiversAreUsed,
  timeIntervalsMeanSomething,
  secondHasAPort,
  clusterHasTimeToAgree,
];
