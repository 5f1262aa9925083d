import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { loadEnvironments, type Environment } from "./environments";
import { addStacks } from "../../stacks";
import { resolvingTokensAlone } from "../../stacks/resolving-tokens";
import { readFiles } from "./files";

/** The files that a synth writes, by their path in the output folder. The folder itself is gone afterwards. */
export function synthesizeInMemory(build: (app: App) => void): Map<string, string> {
  const outdir = mkdtempSync(join(tmpdir(), "synth-"));
  try {
    const app = new App({ outdir, stackTraces: false });
    // As a synth does.
    resolvingTokensAlone(() => {
      build(app);
      app.synth();
    });
    return readFiles(outdir);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** What a synth of the environments writes; by default of all. */
export function synthesizeEnvironments(environments: readonly Environment[] = loadEnvironments(undefined)) {
  return synthesizeInMemory((app) => {
    for (const environment of environments) addStacks(app, environment);
  });
}
