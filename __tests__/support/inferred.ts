import { join, resolve } from "node:path";
import { compileFunction } from "node:vm";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";
import { catalogueOf, type Catalogue, type CatalogueEntry, type Metrics } from "../../metrics/catalogue";
import { checkContract } from "../../metrics/contract/check";
import type { Exposition } from "../../metrics/contract/exposition";
import type { Finding } from "../../metrics/contract/findings";
import { infer, type Inferred } from "../../metrics/infer/infer";
import { inferredModule } from "../../metrics/infer/module";
import { serviceGroups } from "../../metrics/standard";
import { catalogue as ofSystem } from "./system";

const root = resolve(__dirname, "../..");

/** A catalogue that knows what all services have in common, and nothing else. */
export const commonCatalogue = catalogueOf({}, ...serviceGroups) as Catalogue;

/** The catalogue of the system before somebody wrote down what these services measure. */
export function catalogueBefore(services: readonly string[]): Catalogue {
  const metrics = Object.entries<CatalogueEntry>(ofSystem.metrics).filter(
    ([, { exportedBy }]) => !services.some((service) => exportedBy.includes(service)),
  );
  return { services: {}, metrics: Object.fromEntries(metrics) };
}

/** The group that a module exports, which is run as it would be where it is written: in `shop/metrics/`. */
export function groupOf(module: string, name: string): Metrics {
  const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 };
  const { outputText } = transpileModule(module, { compilerOptions });
  const exported: Record<string, Metrics> = {};
  const load = (path: string) => jest.requireActual<object>(join(root, "shop/metrics", path));
  const run = compileFunction(outputText, ["exports", "require"]) as (
    exports: object,
    require: typeof load,
  ) => void;
  run(exported, load);
  const group = exported[name];
  if (group === undefined) throw new Error(`The module exports no ${name}.`);
  return group;
}

/** What is inferred of a service, as a module and as the catalogue that has its group. */
export interface RoundTrip extends Inferred {
  readonly module: string;
  readonly catalogue: Catalogue;
  /** What the contract check finds in each scrape, with that catalogue. */
  readonly findings: readonly Finding[];
  /** Those that are not about what every service has. */
  readonly ownFindings: readonly Finding[];
}

/** Infers what a service has, puts it into a catalogue, and checks the service by it. */
export function roundTrip(
  scrapes: readonly Exposition[],
  service: string,
  before: Catalogue = commonCatalogue,
): RoundTrip {
  const inferred = infer(scrapes, before);
  const options = { service, owner: "team", group: "inferred", from: "../../metrics" };
  const module = inferredModule(inferred.entries, options);
  const services = { ...before.services, [service]: { seriesBudget: 1_000_000, owner: "team" } };
  const group = inferred.entries.length === 0 ? {} : groupOf(module, "inferred");
  const catalogue: Catalogue = { services, metrics: { ...before.metrics, ...group } };
  const findings = scrapes.flatMap((scrape) => checkContract(scrape, { catalogue, service }));
  const ownFindings = findings.filter(({ metric }) => !Object.hasOwn(before.metrics, metric));
  return { ...inferred, module, catalogue, findings, ownFindings };
}
