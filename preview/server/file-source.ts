import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, extname, join, resolve } from "node:path";
import { classicOf, UnreadableDashboard } from "../../dashboards/lint/classic";
import { dashboardOf } from "../../dashboards/lint/dashboard";
import { lint } from "../../dashboards/lint/lint";
import { ChangingSource, type Made } from "./changing-source";
import { findingsOf } from "./findings";
import type { Finding, PreviewDashboard } from "./source";
import { isFolder, WatchedFiles } from "./watched-files";

/** The longest file that is read, in bytes; dashboards are a hundredth of it. */
const longest = 64 * 2 ** 20;

interface ReadFile {
  readonly dashboard: PreviewDashboard;
  readonly findings: readonly Finding[];
}

/** Dashboards in files, whoever wrote them. */
export class FileSource extends ChangingSource {
  private readonly watched = new WatchedFiles(this.changed);
  private readonly paths: readonly string[];
  /** By the file. */
  private readonly lastGood = new Map<string, ReadFile>();

  /** @param paths files, or folders whose `.json` files are meant */
  constructor(paths: readonly string[]) {
    super();
    this.paths = paths.map((path) => resolve(path));
  }

  override async close(): Promise<void> {
    this.watched.close();
    await super.close();
  }

  protected override make(): Promise<Made> {
    const files = this.paths.flatMap((path) =>
      isFolder(path)
        ? readdirSync(path)
            .filter((name) => extname(name) === ".json")
            .sort()
            .map((name) => join(path, name))
        : [path],
    );
    const dashboards = new Map<string, PreviewDashboard>();
    const findings: Record<string, readonly Finding[]> = {};
    const problems: string[] = [];
    for (const file of files) {
      try {
        this.lastGood.set(file, readDashboardFile(file));
      } catch (error) {
        problems.push(`${file} ${error instanceof Error ? error.message : String(error)}`);
        if (!existsSync(file)) this.lastGood.delete(file);
      }
      const read = this.lastGood.get(file);
      if (read === undefined) continue;
      const { uid } = read.dashboard;
      const other = dashboards.get(uid);
      if (other !== undefined) {
        problems.push(`${file} has the uid of the dashboard "${other.title}": ${uid}.`);
        continue;
      }
      dashboards.set(uid, read.dashboard);
      findings[uid] = read.findings;
    }
    if (files.length === 0) problems.push(`${this.paths.join(", ")}: found no file that ends in .json.`);
    const problem = problems.length === 0 ? {} : { problem: problems.join("\n") };
    return Promise.resolve({
      content: { dashboards: [...dashboards.values()], findings, ...problem },
      files: [...files, ...this.paths],
    });
  }

  protected override watch(files: readonly string[]): void {
    this.watched.set(files);
  }
}

function readDashboardFile(file: string): ReadFile {
  const parsed = parseFile(file);
  const { json } = classicOf(parsed);
  const read = dashboardOf(parsed);
  const { description } = json;
  const name = basename(file, extname(file));
  return {
    dashboard: {
      // An export for others has none.
      uid: read.uid || name.replace(/[^\w-]+/g, "-").slice(0, 40),
      title: read.title || name,
      folder: "Files",
      ...(typeof description === "string" && description !== "" && { description }),
      json,
    },
    findings: findingsOf(lint(read), "warning"),
  };
}

/** @throws Error whose message is the end of a sentence that begins with the file's name */
function parseFile(file: string): unknown {
  const status = statSync(file, { throwIfNoEntry: false });
  if (status === undefined) throw new Error("is not there.");
  if (!status.isFile()) throw new Error("is no file.");
  if (status.size > longest)
    throw new Error(`is too long: expected at most ${String(longest / 2 ** 20)} MiB.`);
  try {
    return JSON.parse(readFileSync(file, "utf8").replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new UnreadableDashboard(`is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
