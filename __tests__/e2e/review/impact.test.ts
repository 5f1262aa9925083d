import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startKnownPrometheus } from "../../../preview/recording/known-data";
import type { RunningPrometheus } from "../../../preview/recording/program";
import { referenceEnvironment } from "../../../preview/recording/reference-environment";
import { renderTemplateFile } from "../../../alerts/notifications/template-file";
import { impactOf, ownReaders } from "../../../review/impact/impact-of";
import { rulesOf } from "../../../review/impact/readers/rules";
import { World } from "../../../review/impact/series/world";
import { describeCatalogue } from "../../../review/version/describe-catalogue";
import type { ReadVersion } from "../../../review/version/version";
import {
  alertmanagerConfigurationOf,
  dashboardFoldersOf,
  ruleFilesOf,
  watchedOf,
} from "../../../stacks/system";
import { prometheusProgram } from "../../support/programs";
import { describeWith } from "../../support/require-program";
import { chanceOf, mutated } from "./mutations";
import { Oracle } from "./oracle";

/** `IMPACT_MUTATIONS=20` has it try fewer. */
const mutations = Number(process.env.IMPACT_MUTATIONS ?? 200);
const seed = 19;

const environment = referenceEnvironment();
const version: ReadVersion = {
  name: "known",
  environment: environment.name,
  folder: "/nowhere",
  ruleFiles: ruleFilesOf(environment),
  evaluationInterval: "15s",
  externalLabels: {},
  timezone: "UTC",
  alertmanager: alertmanagerConfigurationOf(environment),
  templates: renderTemplateFile(),
  alertmanagerUrl: "",
  dashboards: dashboardFoldersOf(environment).flatMap(({ title: folder, dashboards }) =>
    dashboards.map((json) => ({ uid: json.uid ?? "", title: json.title ?? "", folder, json: { ...json } })),
  ),
  catalogue: describeCatalogue(watchedOf(environment)),
  sources: {},
};

describeWith([prometheusProgram], "what a mutation empties", () => {
  const folder = mkdtempSync(join(tmpdir(), "impact-"));
  let prometheus: RunningPrometheus | undefined;

  beforeAll(async () => {
    prometheus = await startKnownPrometheus(folder);
  }, 300_000);

  afterAll(async () => {
    await prometheus?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("is a block, and what gives data is none", async () => {
    if (prometheus === undefined) throw new Error("No Prometheus runs.");
    const readers = ownReaders(version, new World(version.catalogue, rulesOf(version)));
    const oracle = new Oracle(prometheus.url);
    const before = await oracle.after(readers, undefined);
    const chance = chanceOf(seed);
    const [passed, falseBlocks]: [string[], string[]] = [[], []];
    let [emptied, blocked] = [0, 0];
    for (let index = 0; index < mutations; index++) {
      const { mutation, after } = mutated(version, chance);
      const { findings } = impactOf(version, after);
      const blocks = findings
        .flatMap((finding) => finding.readers)
        .filter(({ verdict }) => verdict === "block");
      const values = await oracle.after(readers, mutation);
      for (const reader of readers) {
        const [was, is] = [before.get(reader)?.size ?? 0, values.get(reader)?.size ?? 0];
        const block = blocks.find(
          ({ text, name }) =>
            text === reader.text &&
            (name === reader.name || mutation.kind === "alert" || mutation.kind === "record"),
        );
        const what = `${JSON.stringify(mutation)}: ${reader.place}: ${reader.text}`;
        if (was > 0 && is === 0) {
          emptied++;
          if (block === undefined) passed.push(what);
        }
        if (block === undefined) continue;
        blocked++;
        // Recorded data is what it was before the mutation, so that only what is read at first hand can be decided.
        const isEmpty = /^(will show|will record|can never|will offer)/.test(block.consequence);
        if (isEmpty && is > 0 && !/\w:\w/.test(reader.text) && !block.consequence.includes("(through"))
          falseBlocks.push(`${block.consequence}: ${what}`);
      }
    }
    console.log(
      `Mutations: ${String(mutations)}, readers ${String(readers.length)} (with data: ${String([...before.values()].filter(({ size }) => size > 0).length)}), ` +
        `emptied: ${String(emptied)}, called pass: ${String(passed.length)}, blocks: ${String(blocked)}, false blocks: ${String(falseBlocks.length)}`,
    );
    expect([falseBlocks.slice(0, 20), falseBlocks.length]).toEqual([[], 0]);
    expect(emptied).toBeGreaterThan(mutations / 2);
    expect([passed.slice(0, 10), passed.length]).toEqual([[], 0]);
  }, 900_000);
});
