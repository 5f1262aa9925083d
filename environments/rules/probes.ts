import { z } from "zod";
import { probeSchema } from "../../constructs/docker/blackbox-settings";
import { durationMs } from "../../schema/primitives";
import { describeValue } from "../describe";
import { prometheusSchema } from "../schema/prometheus";
import { type Rule, rule } from "./rule";

const nothing = { name: undefined, publicUrl: undefined, probe: undefined };
const services = z.array(
  z
    .looseObject({
      name: z.string().optional().catch(undefined),
      publicUrl: z.unknown().optional(),
      probe: z.unknown().optional(),
    })
    .catch(nothing),
);

const isAsked = ({ publicUrl }: { publicUrl?: unknown }) => publicUrl !== undefined;

const askersAndAsked = rule(
  z.looseObject({ services, edge: z.unknown().optional(), blackboxExporter: z.unknown().optional() }),
  ({ services: all, edge, blackboxExporter }) => {
    const first = all.findIndex(isAsked);
    if (first !== -1 && blackboxExporter === undefined) {
      const allowed = `{}, as services[${String(first)}] has a publicUrl: the blackbox exporter asks it`;
      return [{ path: ["blackboxExporter"], found: "nothing", allowed }];
    }
    if (edge !== undefined && blackboxExporter === undefined) {
      const allowed = "{}, as there is an edge: the blackbox exporter asks the URLs of what is behind it";
      return [{ path: ["blackboxExporter"], found: "nothing", allowed }];
    }
    if (first === -1 && edge === undefined && blackboxExporter !== undefined) {
      const allowed =
        "none where no service has a publicUrl and there is no edge: it would have nothing to ask";
      return [{ path: ["blackboxExporter"], found: "a blackbox exporter", allowed }];
    }
    return [];
  },
);

const probesHaveUrls = rule(z.looseObject({ services }), ({ services: all }) =>
  all.flatMap((service, index) =>
    service.probe === undefined || isAsked(service)
      ? []
      : [
          {
            path: ["services", index, "probe"],
            found: "a probe of a service without a publicUrl",
            allowed: "one beside a publicUrl, which it asks",
          },
        ],
  ),
);

/** As the blackbox exporter takes it off Prometheus's own, so that its answer comes in time. */
const marginMs = 500;
/** Prometheus's own timeout, where the interval is not shorter. */
const usualTimeoutMs = 10_000;

const { scrapeInterval, scrapeTimeout } = prometheusSchema.shape;
const timed = z.looseObject({
  prometheus: z.looseObject({ scrapeInterval, scrapeTimeout }),
  services: z.array(
    z
      .looseObject({ probe: z.looseObject({ timeout: probeSchema.shape.timeout.optional() }).optional() })
      .catch({ probe: undefined }),
  ),
});
const probesEndInTime = rule(timed, ({ prometheus, services: all }) => {
  const { scrapeTimeout: own, scrapeInterval: interval } = prometheus;
  const scrapeMs = own === undefined ? Math.min(usualTimeoutMs, durationMs(interval)) : durationMs(own);
  return all.flatMap(({ probe }, index) =>
    probe?.timeout !== undefined && durationMs(probe.timeout) > scrapeMs - marginMs
      ? [
          {
            path: ["services", index, "probe", "timeout"],
            found: describeValue(probe.timeout),
            allowed:
              `a duration of at most ${String(scrapeMs - marginMs)}ms: a scrape may take ${String(scrapeMs)}ms ` +
              "(prometheus.scrapeTimeout), and its answer must be there by then",
          },
        ]
      : [],
  );
});

const promised = z.looseObject({
  services,
  alerting: z.looseObject({
    objectives: z.looseObject({
      services: z.record(
        z.string(),
        z.looseObject({ reachability: z.unknown().optional() }).catch({ reachability: undefined }),
      ),
    }),
  }),
});
const reachabilityIsMeasured = rule(promised, ({ services: all, alerting }) =>
  Object.entries(alerting.objectives.services)
    .filter(
      ([name, { reachability }]) =>
        reachability !== undefined && all.some((each) => each.name === name && !isAsked(each)),
    )
    .map(([name, { reachability }]) => ({
      path: ["alerting", "objectives", "services", name, "reachability"],
      found: describeValue(reachability),
      allowed: "none for a service without a publicUrl: nothing asks it from outside",
    })),
);

/** Rules of what is asked from outside. */
export const probeRules: readonly Rule[] = [
  askersAndAsked,
  probesHaveUrls,
  probesEndInTime,
  reachabilityIsMeasured,
];
