import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { temporaryFolder } from "./temporary-folder";

const root = resolve(__dirname, "../..");
const rooms = [
  "alerts",
  "commands",
  "constructs",
  "dashboards",
  "demo",
  "environments",
  "metrics",
  "operations",
  "preview",
  "providers",
  "review",
  "schema",
  "services",
  "shop",
  "signals",
  "stacks",
];
/** What images are built of besides. */
const builtIn = ["docs/runbooks"];
const files = ["cdktf.json", "main.ts", "package.json", "package-lock.json", "tsconfig.json"];

/** How a program ended and what it printed. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The project's sources in a folder of their own, to run its commands in and to change files of. */
export interface ProjectCopy {
  readonly folder: string;
  /** Replaces a text in a file, which must be in it. */
  edit(file: string, from: string | RegExp, to: string): void;
  /** Undoes all edits, and removes what a synth has written. */
  restore(): void;
  /** Runs a program in the folder. Its environment is this process's, less what steers a synth, and what is given. */
  run(command: string, args: readonly string[], environment?: Readonly<Record<string, string>>): Ended;
}

/** What is installed and built in the preview's package. */
const ofPreview = ["preview/node_modules", "preview/dist"];
/** What a checkout holds besides what git knows. */
const untracked = ["node_modules", ".git", "cdktf.out", "coverage", ".state", ".secrets"];

/** What a copy holds. */
interface CopyOptions {
  /** Whether its documents, tests and all else are copied, too. Default: what its commands need. */
  readonly whole?: boolean;
  /**
   * Whether it has the project's own environments. Default: those of the tests, so that a change of somebody's
   * environment breaks no test.
   */
  readonly ownEnvironments?: boolean;
}

/** Makes copies of the project for the tests of a file; they are gone when these have run. */
export function projectCopies(options: CopyOptions = {}): () => ProjectCopy {
  const makeFolder = temporaryFolder();
  return () => copyProject(makeFolder(), options);
}

/** The same, but one copy alone, as it was made whenever it is asked for: for tests that edit it, and do no more. */
export function restoredCopy(options: CopyOptions = {}): () => ProjectCopy {
  const makeFolder = temporaryFolder();
  let copy: ProjectCopy | undefined;
  return () => {
    copy ??= copyProject(makeFolder(), options);
    copy.restore();
    return copy;
  };
}

/** Makes a copy of the project in a folder. */
export function copyProject(
  folder: string,
  { whole = false, ownEnvironments = false }: CopyOptions = {},
): ProjectCopy {
  const names = whole
    ? readdirSync(root).filter((name) => !untracked.includes(name))
    : [...rooms, ...builtIn, ...files];
  // The checksums are those of the pinned providers, and tests may have to take others.
  const filter = (path: string) =>
    !ofPreview.includes(relative(root, path)) && !/^providers\/locks\/.*\.hcl$/.test(relative(root, path));
  for (const name of names) cpSync(join(root, name), join(folder, name), { recursive: true, filter });
  // Half a gigabyte, and as good as its own: what is built is named by its sources.
  for (const path of ofPreview)
    if (existsSync(join(root, path))) symlinkSync(join(root, path), join(folder, path));
  if (!ownEnvironments) useEnvironmentsOfTests(folder);
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const originals = new Map<string, string>();
  return {
    folder,
    edit: (file, from, to) => {
      const path = join(folder, file);
      const text = readFileSync(path, "utf8");
      const isThere = typeof from === "string" ? text.includes(from) : from.test(text);
      if (!isThere) throw new Error(`${file} does not hold ${String(from)}.`);
      if (!originals.has(path)) originals.set(path, text);
      writeFileSync(path, text.replace(from, to));
    },
    restore: () => {
      for (const [path, text] of originals) writeFileSync(path, text);
      originals.clear();
      for (const name of ["cdktf.out", "out"]) rmSync(join(folder, name), { recursive: true, force: true });
    },
    run: (command, args, environment = {}) => {
      const { status, stdout, stderr } = spawnSync(command, args, {
        cwd: folder,
        encoding: "utf8",
        env: { ...inherited(), CHECKPOINT_DISABLE: "1", ...environment },
        timeout: 600_000,
      });
      return { status, stdout, stderr };
    },
  };
}

/** Puts the environments of the tests into a copy, and whom their alerts must reach. */
function useEnvironmentsOfTests(copy: string): void {
  const own = join(__dirname, "environments");
  for (const name of readdirSync(own)) {
    const text = readFileSync(join(own, name), "utf8");
    if (name === "expectations.ts") {
      writeFileSync(join(copy, "shop", name), text.replaceAll(`"../../../`, `"../`));
    } else {
      writeFileSync(join(copy, "environments", name), text.replaceAll(`"../../../environments/`, `"./`));
    }
  }
}

function inherited(): NodeJS.ProcessEnv {
  const steering = ["ENVIRONMENT", "CDKTF_OUTDIR", "CDKTF_CONTEXT_JSON"];
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !steering.includes(name)));
}
