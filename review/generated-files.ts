import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../environments";
import { servicesOf } from "../metrics/catalogue";
import { generateModule } from "../metrics/generate";
import { catalogueMarkdown } from "../metrics/markdown";
import { system } from "../shop";
import { dashboardSummaries } from "./dashboard-summaries";
import { withWatchedMetrics } from "./documents/agent-configuration";
import { withAlertTables } from "./documents/alerts";
import { cloudWatchTables } from "./documents/cloudwatch";
import { notificationTables } from "./documents/notifications";
import { firstServiceParts, packageParts, typescriptParts } from "./documents/package";
import { withGeneratedParts } from "./documents/parts";
import { exampleParts } from "./example/documented";
import type { GeneratedFile } from "./generated-file";
import { stackSnapshots } from "./stack-snapshots";

/** Where the snapshots are: of each stack, and of each dashboard. */
const folders = { stacks: "__tests__/stacks/snapshots", dashboards: "__tests__/dashboards/snapshots" };

/**
 * Every file of this repository that `npm run update` writes, but for the reference of the package
 * (`package/api-document.ts`).
 * @param environments all environments of the project
 * @param root the repository's folder, in which files are looked for that nothing makes any more
 */
export function generatedFiles(environments: readonly Environment[], root: string): GeneratedFile[] {
  return [
    { path: "docs/metrics.md", make: () => catalogueMarkdown(system.catalogue) },
    document("docs/alerts.md", withAlertTables),
    document("docs/any-language.md", (text) => withGeneratedParts(text, typescriptParts(root))),
    document("docs/cloudwatch.md", (text) => withGeneratedParts(text, cloudWatchTables())),
    document("docs/cloudwatch-agent.json", withWatchedMetrics),
    document("docs/first-service.md", (text) => withGeneratedParts(text, firstServiceParts(root))),
    document("docs/notifications.md", (text) => withGeneratedParts(text, notificationTables(environments))),
    document("docs/package.md", (text) => withGeneratedParts(text, packageParts(root))),
    document("docs/review.md", (text) => withGeneratedParts(text, exampleParts(root))),
    ...folder(folders.dashboards, dashboardSummaries(), root),
    ...folder(folders.stacks, stackSnapshots(environments), root),
    ...pythonModules("examples/flask/metrics", root),
  ];
}

/** The modules of services that are in a folder. */
function pythonModules(path: string, root: string): GeneratedFile[] {
  return servicesOf(system.catalogue)
    .map((service) => generateModule(system.catalogue, service, { language: "python" }))
    .map(({ file, text }) => ({ path: `${path}/${file}`, make: () => text }))
    .filter((module) => existsSync(join(root, module.path)));
}

/** A document that people write, with parts in it that are made. */
function document(path: string, make: (found: string) => string): GeneratedFile {
  return {
    path,
    make: (found) => {
      if (found === undefined) throw new Error(`${path} is missing: only parts of it can be made.`);
      return make(found);
    },
  };
}

/** The files of a folder in which all are made: what else is there is of something that there is no more. */
function folder(path: string, texts: ReadonlyMap<string, string>, root: string): GeneratedFile[] {
  const there = existsSync(join(root, path)) ? readdirSync(join(root, path)) : [];
  const names = new Set([...texts.keys(), ...there]);
  return [...names].sort().map((name) => ({ path: `${path}/${name}`, make: () => texts.get(name) }));
}
