import type { ChildProcess } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { context, type BuildContext } from "esbuild";
import { ChangingSource, type Made } from "./changing-source";
import { answerOf } from "./program-answer";
import type { Rendered } from "./render";
import { buildProblem, near } from "./source-problems";
import { WatchedFiles } from "./watched-files";

const root = resolve(__dirname, "../..");
const program = "preview/server/render.ts";
/** Sources that take longer than this to make dashboards never end. */
const renderLimitMs = 20_000;

/** The dashboards of an environment, made anew from the sources each time that one of them changes. */
export class EnvironmentSource extends ChangingSource {
  private static count = 0;

  private readonly bundle = join(
    root,
    "node_modules/.cache/preview",
    `${String(process.pid)}-${String((EnvironmentSource.count += 1))}.cjs`,
  );
  private readonly watched = new WatchedFiles(this.changed);
  private builder: BuildContext<{ metafile: true }> | undefined;
  private files: readonly string[] = [join(root, program)];
  private child: ChildProcess | undefined;

  /** @param environment its name, one of the project's */
  constructor(private readonly environment: string) {
    super();
  }

  override async close(): Promise<void> {
    this.watched.close();
    this.child?.kill("SIGKILL");
    await super.close();
    await this.builder?.dispose();
    for (const file of [this.bundle, `${this.bundle}.map`]) rmSync(file, { force: true });
  }

  protected override async make(): Promise<Made> {
    try {
      this.builder ??= await newBuilder(this.bundle);
      const { metafile } = await this.builder.rebuild();
      this.files = Object.keys(metafile.inputs).map((path) => join(root, path));
    } catch (error) {
      return { problem: buildProblem(error), files: this.filesOfProblem() };
    }
    const rendered = await this.render();
    return "content" in rendered
      ? { ...rendered, files: this.files }
      : { ...rendered, files: this.filesOfProblem() };
  }

  protected override watch(files: readonly string[]): void {
    this.watched.set(files);
  }

  protected override interrupt(): void {
    this.child?.kill("SIGKILL");
  }

  /** The folders too: what is lacking may come as a new file. */
  private filesOfProblem(): readonly string[] {
    return [...this.files, ...new Set(this.files.map((path) => dirname(path)))];
  }

  private async render(): Promise<Rendered> {
    const rendered = await this.runProgram();
    return "problem" in rendered ? { problem: near(rendered.problem, root) } : rendered;
  }

  private runProgram(): Promise<Rendered> {
    return answerOf<Rendered>(this.bundle, [this.environment], {
      cwd: root,
      limitMs: renderLimitMs,
      makes: "the dashboards",
      onStart: (child) => {
        this.child = child;
      },
    });
  }
}

function newBuilder(outfile: string): Promise<BuildContext<{ metafile: true }>> {
  mkdirSync(dirname(outfile), { recursive: true });
  return context({
    absWorkingDir: root,
    entryPoints: [program],
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20",
    format: "cjs",
    sourcemap: "linked",
    sourcesContent: false,
    metafile: true,
    outfile,
    logLevel: "silent",
  });
}
