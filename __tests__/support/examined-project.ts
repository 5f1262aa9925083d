import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { freePort } from "../../operations/loopback-port";
import type { NamedFinding } from "../../operations/checks/check";
import { type EngineAnswers, FakeEngine } from "./fake-engine";
import { projectCopies, type ProjectCopy } from "./project-copy";
import { temporaryFolder } from "./temporary-folder";

/** An engine that has every image. */
export const images: EngineAnswers = { "/images/*": {} };

/** A project to examine. */
export interface ExaminedProject {
  readonly project: ProjectCopy;
  /** Port of this machine at which Grafana is to be published. */
  readonly grafanaPort: number;
}

/** Engines that answer, projects and programs for the tests of a file; they are gone when these have run. */
export function examinedProjects() {
  const makeCopy = projectCopies();
  const makeFolder = temporaryFolder();
  const engines: FakeEngine[] = [];
  afterEach(async () => {
    for (const engine of engines.splice(0)) await engine.stop();
  });
  return {
    /** Starts an engine, and says where. */
    startEngine: async (answers: EngineAnswers = images): Promise<string> => {
      const engine = await FakeEngine.start(makeFolder(), answers);
      engines.push(engine);
      return `unix://${engine.socket}`;
    },
    /** A copy of the project whose environment `local` runs at this Docker host. */
    projectAt: async (host: string): Promise<ExaminedProject> => {
      const project = makeCopy();
      const grafanaPort = await freePort();
      const file = "environments/local.ts";
      const dataRoot = host.startsWith("unix:")
        ? `, dataRoot: "${dirname(host.slice("unix://".length))}"`
        : "";
      project.edit(file, `name: "local",`, `name: "local", docker: { host: "${host}"${dataRoot} },`);
      project.edit(file, `refresh: "10s"`, `refresh: "10s", hostPort: ${String(grafanaPort)}`);
      return { project, grafanaPort };
    },
    /** A PATH on which a program of this name comes first. */
    withProgram: (name: string, script: string): string => {
      const folder = makeFolder();
      writeFileSync(join(folder, name), script);
      chmodSync(join(folder, name), 0o755);
      return `${folder}${delimiter}${process.env.PATH ?? ""}`;
    },
  };
}

/** How a command ended. */
export interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command in a project, without a provider to be had. */
export function run(
  { folder }: ProjectCopy,
  command: "doctor" | "up",
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Ended> {
  // A mirror with nothing in it: no test fetches a provider, and each is told as missing.
  const config = join(folder, "empty.tfrc");
  mkdirSync(join(folder, "empty"), { recursive: true });
  writeFileSync(
    config,
    `provider_installation {\n  filesystem_mirror {\n    path = "${folder}/empty"\n  }\n}\n`,
  );
  const inherited = Object.entries(process.env).filter(([name]) => !/^(?:TF_|AWS_|DOCKER_)/.test(name));
  const options = {
    cwd: folder,
    env: { ...Object.fromEntries(inherited), TF_CLI_CONFIG_FILE: config, ...env },
    timeout: 120_000,
  };
  const tsx = join(folder, "node_modules/tsx/dist/cli.mjs");
  return new Promise((resolve) => {
    execFile(process.execPath, [tsx, `commands/${command}.ts`, ...args], options, (error, stdout, stderr) => {
      resolve({
        status: error === null ? 0 : typeof error.code === "number" ? error.code : -1,
        stdout,
        stderr,
      });
    });
  });
}

/** What doctor finds of one kind, and how it ended. */
export async function findings(
  project: ProjectCopy,
  check: string,
  { selection = "local", env = {} }: { selection?: string; env?: NodeJS.ProcessEnv } = {},
) {
  const { status, stdout, stderr } = await run(project, "doctor", [selection, "--json"], env);
  if (stderr !== "") throw new Error(stderr);
  const report = JSON.parse(stdout) as { findings: NamedFinding[] };
  return { status, found: report.findings.filter((finding) => finding.check === check) };
}

/** A finding that is a problem, by its text and what to do. */
export const problem = (text: RegExp, nextStep: RegExp) => ({
  status: "problem",
  text: expect.stringMatching(text) as string,
  nextStep: expect.stringMatching(nextStep) as string,
});
