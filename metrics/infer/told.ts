import { roundBound } from "./bounds";
import type { Inferred } from "./infer";

/** Where a module of inferred entries goes, and what it is about. */
export interface Destination {
  readonly service: string;
  /** The team that owns the service. */
  readonly owner: string;
  /** Name of the group's constant. */
  readonly group: string;
  /** The module's file, as the user named it; undefined where it is printed. */
  readonly file: string | undefined;
  /** How a file of the catalogue imports the module: `./payment`. */
  readonly from: string;
  readonly url: string;
}

/** What is to be known of the entries: what was left out and why, what is uncertain, what was let be. */
export function findingsTold({ common, doubts, leftOut }: Inferred, { url }: Destination): readonly string[] {
  const isOne = common === 1;
  return [
    ...(common === 0
      ? []
      : [
          `${String(common)} ${isOne ? "metric is one that" : "metrics are what"} every service or its runtime has; whether ${isOne ? "it is" : "they are"} as the catalogue says: npm run check:metrics -- --url ${url} --any-service`,
        ]),
    ...section(
      "Look at",
      doubts.map(({ metric, message }) => `${metric}  ${message}.`),
    ),
    ...section(
      "Left out",
      leftOut.map(({ metric, why, todo }) => `${metric}  ${why}: ${todo}.`),
    ),
  ];
}

/** What comes next, step by step. */
export function nextSteps({ worstCase }: Inferred, destination: Destination): readonly string[] {
  const { service, owner, group, file, from, url } = destination;
  const module = file ?? "the module, in a file of shop/metrics/";
  const steps = [
    `Read ${module}: its comments say what is a guess.`,
    `Add the service to shop/metrics/services.ts:\n     ${JSON.stringify(service)}: { seriesBudget: ${budgetFor(worstCase)}, owner: ${JSON.stringify(owner)} },`,
    `Add the group to catalogueOf in shop/metrics/catalogue.ts:\n     import { ${group} } from ${JSON.stringify(from)};`,
    "npm run update",
    `npm run check:metrics -- --url ${url} --service ${service}`,
  ];
  return ["Next:", ...steps.map((step, index) => `  ${String(index + 1)}. ${step}`)];
}

/** What services have by default, or what this one needs. */
function budgetFor(worstCase: number): string {
  return String(roundBound(worstCase, false, 10_000)).replace(/\B(?=(?:\d{3})+$)/g, "_");
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line}`)];
}
