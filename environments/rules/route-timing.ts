import { z } from "zod";
import { routeSchema } from "../../alerts/routing/routes";
import { durationMs } from "../../schema/primitives";
import { prometheusSchema } from "../schema/prometheus";
import { problem } from "./alerting-parts";
import { type Rule, rule } from "./rule";

const { groupWait, groupInterval, repeatInterval } = routeSchema.shape;
const timed = z.looseObject({
  routes: z.array(
    z
      .looseObject({
        groupWait: groupWait.optional().catch(undefined),
        groupInterval: groupInterval.optional().catch(undefined),
        repeatInterval: repeatInterval.optional().catch(undefined),
        receivers: z.array(z.unknown()).catch([]),
      })
      .catch({ receivers: [] }),
  ),
});

/** What an alert takes at most from its evaluation to Alertmanager. */
const deliveryMs = 5_000;

const { scrapeInterval } = prometheusSchema.shape;
/**
 * Two alerts of one fault fire within an evaluation interval of each other. A group that waits for less may be sent
 * before the alert is there that silences it; one of any severity can be silenced.
 */
const waitsForWhatSilences = rule(
  z.looseObject({ alerting: timed, prometheus: z.looseObject({ scrapeInterval }) }),
  ({ alerting: { routes }, prometheus }) => {
    const leastMs = durationMs(prometheus.scrapeInterval) + deliveryMs;
    return routes.flatMap((route, index) =>
      route.receivers.length > 0 && route.groupWait !== undefined && durationMs(route.groupWait) < leastMs
        ? [
            problem(
              ["routes", index, "groupWait"],
              route.groupWait,
              `a duration of at least ${String(leastMs / 1_000)}s: prometheus.scrapeInterval, which is ` +
                `${prometheus.scrapeInterval}, and ${String(deliveryMs / 1_000)}s on the way; an alert that silences ` +
                "another one may come so much later",
            ),
          ]
        : [],
    );
  },
);

/** Alertmanager looks at a group every `groupInterval` alone: it would not say the same again any sooner. */
const repeatsAreLooks = rule(z.looseObject({ alerting: timed }), ({ alerting: { routes } }) =>
  routes.flatMap((route, index) =>
    route.groupInterval !== undefined &&
    route.repeatInterval !== undefined &&
    durationMs(route.repeatInterval) < durationMs(route.groupInterval)
      ? [
          problem(
            ["routes", index, "repeatInterval"],
            route.repeatInterval,
            `a duration of at least groupInterval, which is ${route.groupInterval}: a group is not looked at more often`,
          ),
        ]
      : [],
  ),
);

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

/** Rules of how long routes wait. */
export const routeTimingRules: readonly Rule[] = [
  waitsForWhatSilences,
  repeatsAreLooks,
  clusterHasTimeToAgree,
];
