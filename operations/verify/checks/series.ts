import { probeJob } from "../../../metrics/targets";
import { servicesOf } from "../../../metrics/catalogue";
import { familyOf } from "../../../metrics/families";
import { Feed } from "../../../metrics/feed";
import { publicProgramsOf, publicServicesOf } from "../../../stacks/probes";
import { givenBy } from "../../../stacks/rule-settings";
import { readableOf, system } from "../../../stacks/system";
import { type Finding, ok, problem } from "../../checks/check";
import type { PrometheusClient } from "../../clients/prometheus-client";
import type { Deployment } from "../deployment";
import { eachLimited } from "../series/limited";
import { ofAllValues, reasonForAbsence } from "../series/may-be-absent";
import { servicesHaving } from "../series/present";
import { type ReadSelector, readSelectors, textOf } from "../series/selectors";
import { owedSeries } from "../series/services";
import type { Subject, VerifyCheck } from "../subject";

const { catalogue } = system;
/** How many queries are asked at a time. */
const atATime = 8;

/** Whether what the rules and the panels read is there, of each service that exports it. */
export const seriesCheck: VerifyCheck = {
  name: "Series",
  timeLimitMs: 19_000,
  late: "problem",
  async run(subject) {
    const { deployment, withoutPrometheus } = subject;
    if ((await withoutPrometheus) !== undefined) return [];
    const selectors = readSelectors(readableOf(deployment.environment));
    const [absent, ofServices] = await Promise.all([
      absentSelectors(selectors, subject),
      absentOfServices(selectors, subject),
    ]);
    const findings = [...merged(absent.holes), ...ofServices];
    if (findings.length > 0) return findings;
    const [all, without] = [selectors.length, absent.rightly];
    const having = without === 0 ? `all ${String(all)}` : `${String(all - without)} of ${String(all)}`;
    const rest = without === 0 ? "" : `; ${String(without)} rightly have none yet`;
    return [ok(`${having} selectors of rules and panels have series${rest}`)];
  },
};

async function absentSelectors(selectors: readonly ReadSelector[], { prometheus, deployment }: Subject) {
  const feed = feedOf(deployment);
  const having = await servicesHaving(prometheus, selectors.map(textOf));
  const absent = selectors.filter((selector) => !having.has(textOf(selector)));
  const others = await servicesHaving(
    prometheus,
    absent.map((selector) => textOf(ofAllValues(selector))),
  );
  const announced = await announcing(prometheus, absent);
  const holes = absent.filter((selector) => {
    const hasOthers = others.has(textOf(ofAllValues(selector)));
    const isAnnounced = (announced.get(selector.metric)?.size ?? 0) > 0;
    return reasonForAbsence({ selector, hasOthers, isAnnounced }, catalogue, feed) === undefined;
  });
  return { holes, rightly: absent.length - holes.length };
}

/** What is scraped of what the environment has. */
function feedOf({ environment, jobs }: Deployment): Feed {
  const all = Object.keys(jobs);
  const isService = (job: string) => environment.services.some(({ name }) => name === job);
  return new Feed(catalogue, {
    services: all.filter(isService),
    publicServices: all.includes(probeJob) ? publicServicesOf(environment) : [],
    publicPrograms: all.includes(probeJob) ? publicProgramsOf(environment) : [],
    monitoringJobs: all.filter((job) => job !== probeJob && !isService(job)),
    given: givenBy(environment),
  });
}

/** What a service owes that does not answer is told by the check of targets. */
async function absentOfServices(
  selectors: readonly ReadSelector[],
  { prometheus, deployment: { environment } }: Subject,
): Promise<readonly Finding[]> {
  const [up, node] = ["up == 1", '{__name__=~"nodejs_.+"}'];
  const having = await servicesHaving(prometheus, [up, node, ...selectors.map(({ metric }) => metric)]);
  const has = (selector: string, service: string) => having.get(selector)?.has(service) === true;
  const services = environment.services.map(({ name }) => name).filter((service) => has(up, service));
  const owed = owedSeries(selectors, services, catalogue, (service) => has(node, service));
  const lacking = owed.filter(({ service, selector }) => !has(selector.metric, service));
  const announced = await announcing(
    prometheus,
    lacking.map(({ selector }) => selector),
  );
  return merged(
    lacking
      .filter(({ service, selector }) => announced.get(selector.metric)?.has(service) !== true)
      .map(({ service, selector }) => ({ ...selector, service })),
  );
}

interface Hole extends Pick<ReadSelector, "metric" | "readers"> {
  readonly service?: string;
}

/** A finding a metric and service: three series of a histogram are one. */
function merged(holes: readonly Hole[]): readonly Finding[] {
  const byMetric = new Map<string, { metric: string; service: string | undefined; readers: Set<string> }>();
  for (const { metric: series, readers, service } of holes) {
    const metric = familyOf(catalogue, series)?.name ?? series;
    const key = `${metric} ${service ?? ""}`;
    const known = byMetric.get(key) ?? { metric, service, readers: new Set<string>() };
    for (const reader of readers) known.readers.add(reader);
    byMetric.set(key, known);
  }
  return [...byMetric.values()].map(({ metric, service, readers }) => {
    const [first = "nobody", ...others] = readers;
    const more = others.length === 0 ? "" : ` and ${String(others.length)} more`;
    return service === undefined
      ? problem(
          `${metric} has no series; it is read by ${first}${more}`,
          "See that its exporter runs, is scraped, and exports it in its version.",
        )
      : problem(
          `${metric} of ${service} has no series; it is read by ${first}${more}`,
          isCatalogued(service)
            ? `npm run check:metrics tells what ${service} should export, and does not.`
            : `${service} must export it as every service does: see docs/instrumenting.md.`,
        );
  });
}

function isCatalogued(service: string): boolean {
  return (servicesOf(catalogue) as readonly string[]).includes(service);
}

/** The services that announce the metrics of some series, by series; "" is of no service. */
async function announcing(
  prometheus: PrometheusClient,
  selectors: readonly Pick<ReadSelector, "metric">[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const names = [...new Set(selectors.map(({ metric }) => metric))];
  return new Map(
    await eachLimited(names, atATime, async (series) => {
      const metric = familyOf(catalogue, series)?.name ?? series;
      // OpenMetrics announces a counter without its `_total`.
      const forms = [...new Set([metric, metric.replace(/_total$/, "")])];
      const targets = (await Promise.all(forms.map((each) => prometheus.announcing(each)))).flat();
      return [series, new Set(targets.map(({ target }) => target.service ?? ""))] as const;
    }),
  );
}
