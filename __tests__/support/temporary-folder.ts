import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

declare global {
  /** What `jest-environment.cjs` takes away once all hooks of a file of tests have run. */
  var temporaryFolders: string[];
}

/** Makes temporary folders for the tests of a file; they are gone when these, and their hooks, have run. */
export function temporaryFolder(): () => string {
  return () => {
    const folder = mkdtempSync(join(tmpdir(), "monitoring-"));
    globalThis.temporaryFolders.push(folder);
    return folder;
  };
}
