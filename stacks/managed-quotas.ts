import { secondsOf } from "../alerts/durations";
import { evaluationSeconds } from "../alerts/managed/rule-namespaces";
import { type Quota, quotas, quotaWords } from "../alerts/managed/quotas";
import { isAlert } from "../alerts/rule";
import { routesOf } from "../alerts/routing/routes";
import type { Environment } from "../environments";
import { seriesOf } from "../metrics/series";
import {
  inhibitionsHere,
  managedDefinitionOf,
  routingSettingsOf,
  ruleNamespacesOf,
  rulesOf,
  system,
} from "./system";

/** Something of an environment that a workspace would not take, as `refuse` takes it. */
interface QuotaProblem {
  readonly path: readonly string[];
  readonly found: string;
  readonly allowed: string;
}

/** What of an environment is counted against a quota. */
interface Counted {
  readonly quota: Quota;
  readonly count: number;
  /** What is counted, in words. */
  readonly what: string;
  readonly path: readonly string[];
  /** What to do where AWS raises no quota. */
  readonly otherwise?: string;
}

/** External labels that agents put on every series: the environment. What tells replicas apart is taken away on arrival. */
const externalLabels = 1;

/** An ARN is at most so long; those of topics and secrets are known to Terraform alone. */
const longestArn = "x".repeat(200);

/** What of an environment is known, before it is deployed, to be beyond the quotas of a workspace. */
export function quotaProblems(environment: Environment): readonly QuotaProblem[] {
  return countedOf(environment)
    .filter(({ quota, count }) => count > quota.value)
    .map(({ quota, count, what, path, otherwise }) => ({
      path,
      found: `${numberOf(count)} ${what}`,
      allowed: `at most ${numberOf(quota.value)}, the quota ${quotaWords(quota)}${otherwise === undefined ? "" : `; ${otherwise}`}`,
    }));
}

/** The counts of an environment against the quotas that a synth can know. */
export function countedOf(environment: Environment): readonly Counted[] {
  const { prometheus } = environment;
  const groups = Object.values(rulesOf(environment)).flat();
  const rules = groups.flatMap((group) => group.rules);
  const definition = managedDefinitionOf(environment, {
    topicArn: () => longestArn,
    secretArn: () => longestArn,
  });
  const series = mostSeries(environment);
  const { labels, labelName, labelValue } = prometheus.scrapeLimits;
  const ofEngine = ["prometheus", "engine"];
  return [
    {
      quota: quotas.rules,
      count: rules.length,
      what: "rules that this environment is given",
      path: ["services"],
    },
    ...Object.entries(ruleNamespacesOf(environment)).map(([name, text]) => ({
      quota: quotas.namespaceSize,
      count: Buffer.byteLength(text),
      what: `bytes in the namespace "${name}" of rules`,
      path: ofEngine,
      otherwise: "make two groups of its largest",
    })),
    {
      quota: quotas.definitionSize,
      count: Buffer.byteLength(definition),
      what: "bytes in the definition of Alertmanager",
      path: ["alerting"],
      otherwise: "have fewer receivers and routes",
    },
    {
      quota: quotas.templates,
      count: [...definition.matchAll(/\{\{ define "/g)].length,
      what: "templates of the receivers' kinds",
      path: ["alerting", "receivers"],
    },
    {
      quota: quotas.routes,
      count: 1 + routesOf(routingSettingsOf(environment)).length,
      what: "routes, one a receiver and those that every environment has",
      path: ["alerting", "routes"],
    },
    {
      quota: quotas.inhibitions,
      count: inhibitionsHere(environment).length,
      what: "inhibitions of this environment's alerts",
      path: ofEngine,
    },
    {
      quota: quotas.labels,
      count: labels + externalLabels,
      what: "labels that a series may have, the external one among them",
      path: ["prometheus", "scrapeLimits", "labels"],
    },
    {
      quota: quotas.labelSize,
      count: labelName + labelValue,
      what: "characters that a label's name and value may have",
      path: ["prometheus", "scrapeLimits", "labelValue"],
      otherwise: "let labels be shorter",
    },
    {
      quota: quotas.series,
      count: series,
      what: "series that the services may export by the catalogue",
      path: ["services"],
    },
    {
      quota: quotas.ingestionRate,
      count: Math.round(series / secondsOf(prometheus.scrapeInterval)),
      what: "samples a second that the services may export by the catalogue",
      path: ["prometheus", "scrapeInterval"],
    },
    {
      quota: quotas.alerts,
      count: rules.filter(isAlert).length,
      what: "alerts, if each fired once",
      path: ["services"],
    },
  ];
}

/** How often the groups of an environment's rules are evaluated, in seconds, the most often first. */
export function evaluationIntervals(environment: Environment): readonly number[] {
  const { scrapeInterval } = environment.prometheus;
  const groups = Object.values(rulesOf(environment)).flat();
  return [...new Set(groups.map((group) => evaluationSeconds(group, { scrapeInterval })))].sort(
    (a, b) => a - b,
  );
}

/** The series that the services of an environment may export by the catalogue, of those targets that the file names. */
function mostSeries({ services }: Environment): number {
  return services.reduce((sum, { name, elsewhere }) => {
    const targets = elsewhere?.targets.kind === "addresses" ? elsewhere.targets.addresses.length : 1;
    const isKnown = Object.hasOwn(system.catalogue.services, name);
    return sum + (isKnown ? targets * seriesOf(system.catalogue, name).worstCase : 0);
  }, 0);
}

function numberOf(value: number): string {
  return value.toLocaleString("en-US");
}
