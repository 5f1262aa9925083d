import { renderTemplateFile } from "../../../alerts/notifications/template-file";
import { referenceEnvironment } from "../../../preview/recording/reference-environment";
import { scrapedSeries } from "../../../preview/recording/traffic";
import { worst } from "../../../review/impact/findings";
import type { Reader } from "../../../review/impact/impact";
import { impactOf, ownReaders } from "../../../review/impact/impact-of";
import type { ExpressionReader } from "../../../review/impact/readers/expression";
import { rulesOf } from "../../../review/impact/readers/rules";
import { World } from "../../../review/impact/series/world";
import { describeCatalogue } from "../../../review/version/describe-catalogue";
import type { ReadVersion } from "../../../review/version/version";
import { knownTraffic } from "../../../shop/known-traffic";
import {
  alertmanagerConfigurationOf,
  dashboardFoldersOf,
  ruleFilesOf,
  watchedOf,
} from "../../../stacks/system";
import { loadEnvironments } from "../../support/environments";
import { expectedOf } from "./expected-warnings";
import { chanceOf, mutated, type Mutation } from "./mutations";
import { Oracle, type Seen } from "./oracle";

/** `IMPACT_MUTATIONS=1000` has it try more, `IMPACT_SEED=2` others. */
const mutations = Number(process.env.IMPACT_MUTATIONS ?? 200);
const seed = Number(process.env.IMPACT_SEED ?? 19);

const environment = referenceEnvironment();
/** The reference environment has one receiver. */
const routed = loadEnvironments("").find(({ name }) => name === "prod") ?? environment;
const version: ReadVersion = {
  name: "known",
  environment: environment.name,
  folder: "/nowhere",
  ruleFiles: ruleFilesOf(environment),
  evaluationInterval: "15s",
  externalLabels: {},
  timezone: "UTC",
  alertmanager: alertmanagerConfigurationOf(routed),
  templates: renderTemplateFile(),
  alertmanagerUrl: "",
  dashboards: dashboardFoldersOf(environment).flatMap(({ title: folder, dashboards }) =>
    dashboards.map((json) => ({ uid: json.uid ?? "", title: json.title ?? "", folder, json: { ...json } })),
  ),
  catalogue: describeCatalogue(watchedOf(environment)),
  sources: {},
};

/** What is said of a reader: of a rule that has another name now, by that one. */
function saidOf(reader: ExpressionReader, mutation: Mutation, told: readonly Reader[]): readonly Reader[] {
  const to = "to" in mutation ? mutation.to : undefined;
  return told.filter(
    ({ text, name, where }) =>
      where === reader.where && text === reader.text && (name === reader.name || name === to),
  );
}

/** Whether what is said to happen of a reader does not. Of what is held back or less nothing can be counted. */
function isFalse({ verdict, consequence }: Reader, now: Seen): boolean {
  if (verdict !== "block") return false;
  if (/^(will show|will record|can never|will offer)/.test(consequence)) return now.values.size > 0;
  if (consequence.startsWith("fires all the time")) return !now.isAlways;
  const constant = /^gives (.+) whatever/.exec(consequence)?.[1];
  return (
    constant !== undefined &&
    [...now.values].some((value) => !constant.split(" and ").includes(String(value)))
  );
}

it("what a mutation empties, silences or lets fire is told, nearly always blocked, and what gives data is not", async () => {
  const readers = ownReaders(version, new World(version.catalogue, rulesOf(version)));
  const oracle = new Oracle(scrapedSeries(environment, knownTraffic), version);
  const before = await oracle.unchanged(readers);
  const chance = chanceOf(seed);
  const [passed, warned, falseBlocks, unsaid]: [string[], string[], string[], string[]] = [[], [], [], []];
  const counts = { emptied: 0, firing: 0, fewer: 0, blocks: 0, expected: 0 };
  const kinds = new Map<string, number>();
  for (let index = 0; index < mutations; index++) {
    const { mutation, after } = mutated(version, chance);
    kinds.set(mutation.kind, (kinds.get(mutation.kind) ?? 0) + 1);
    const impact = impactOf(version, after);
    const told = impact.findings.flatMap((finding) => finding.readers);
    const seen = await oracle.after(readers, mutation, after);
    for (const reader of readers) {
      const was = before.get(reader);
      const now = seen.get(reader) ?? was;
      if (was === undefined || now === undefined) throw new Error(`${reader.place} was not evaluated.`);
      const said = saidOf(reader, mutation, told);
      const what = `${JSON.stringify(mutation)}: ${reader.place}: ${reader.text}`;
      const isEmptied = was.isArmed && !now.isArmed;
      const isFiring = reader.isAlert && !was.isAlways && now.isAlways;
      if (isEmptied) counts.emptied++;
      if (isFiring) counts.firing++;
      const verdict = worst(said);
      if (isEmptied || isFiring) {
        const consequences = JSON.stringify(said.map(({ consequence }) => consequence));
        const become = `${now.error ?? (isEmptied ? "empty" : "fires")}: ${consequences}: ${what}`;
        if (verdict === "pass") passed.push(become);
        // The known traffic may have no other value than the one that is gone.
        const isFewer = mutation.kind === "value" && consequences.includes("reads less");
        if (verdict === "warn" && isFewer) counts.fewer++;
        if (verdict === "warn" && !isFewer) warned.push(become);
      }
      if (verdict === "block") counts.blocks++;
      for (const each of said) if (isFalse(each, now)) falseBlocks.push(`${each.consequence}: ${what}`);
    }
    for (const { what, isSaid } of expectedOf(mutation, after, readers, impact)) {
      counts.expected++;
      if (!isSaid) unsaid.push(`${JSON.stringify(mutation)}: ${what}`);
    }
  }
  const isArmed = [...before.values()].filter((each) => each.isArmed).length;
  console.log(
    `Mutations: ${String(mutations)} (${[...kinds].map(([kind, count]) => `${kind} ${String(count)}`).join(", ")}); ` +
      `readers: ${String(readers.length)}, with data: ${String(isArmed)}; emptied: ${String(counts.emptied)}, ` +
      `firing always: ${String(counts.firing)}, called pass: ${String(passed.length)}, ` +
      `warned of: ${String(warned.length)}, and of a value less: ${String(counts.fewer)}; links, routes and types: ${String(counts.expected)}, called pass: ${String(unsaid.length)}; ` +
      `blocks: ${String(counts.blocks)}, false: ${String(falseBlocks.length)}`,
  );
  expect([passed.slice(0, 20), passed.length]).toEqual([[], 0]);
  expect([unsaid.slice(0, 20), unsaid.length]).toEqual([[], 0]);
  expect([falseBlocks.slice(0, 20), falseBlocks.length]).toEqual([[], 0]);
  // What reads more than is gone, and for which the known traffic has nothing else, is warned of.
  expect([warned, warned.length < (counts.emptied + counts.firing) * 0.02]).toEqual([
    expect.anything(),
    true,
  ]);
  // Enough happens for this to say something.
  expect(counts.emptied).toBeGreaterThan(mutations);
  expect(counts.expected).toBeGreaterThan(mutations / 10);
  expect(isArmed).toBeGreaterThan(readers.length * 0.9);
}, 900_000);
