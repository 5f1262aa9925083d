import { createReadStream, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { createGunzip } from "node:zlib";
import { readRules } from "../../alerts/lint/read-rules";
import type { PastGroup, PastRecord } from "./past";
import { SampleLines } from "./sample-lines";
import { StoredPast } from "./stored-past";

const samples = /\.(?:om|openmetrics|prom|txt)(?:\.gz)?$/;
const rules = /\.ya?ml$/;
const allowed =
  "allowed: a folder with files in the OpenMetrics format (.om, .openmetrics, .txt, .prom, also with .gz), such as `promtool tsdb dump-openmetrics` writes";

/**
 * Reads a folder of recorded samples: files in the OpenMetrics format with a time in each line, as `promtool tsdb
 * dump-openmetrics` writes them (`.om`, `.txt`, `.prom`, with `.gz` or without), and files of the rules whose series are among
 * them (`.yml`).
 * @param onProgress is told how much of the files was read, from 0 to 1
 * @throws Error that names the file and line of what is no sample, and for a folder without any
 */
export async function readRecordedFolder(
  folder: string,
  onProgress: (share: number) => void = () => undefined,
): Promise<StoredPast> {
  const files = filesIn(folder);
  const lines = new SampleLines();
  const paths = files.filter((name) => samples.test(name)).map((name) => join(folder, name));
  const size = paths.reduce((sum, path) => sum + statSync(path).size, 0);
  let done = 0;
  for (const path of paths) {
    let number = 0;
    for await (const some of linesOf(path)) {
      for (const line of some.lines) {
        number += 1;
        const problem = lines.add(line);
        if (problem !== undefined) throw new Error(`--recorded: ${path}:${String(number)}: ${problem}`);
      }
      onProgress((done + some.bytesRead) / Math.max(1, size));
    }
    done += statSync(path).size;
  }
  if (lines.count === 0) {
    throw new Error(`--recorded: found no samples in ${folder}, ${allowed}`);
  }
  const groups = files
    .filter((name) => rules.test(name))
    .flatMap((file) => {
      const path = join(folder, file);
      const read = readRules(
        file,
        reading(path, () => readFileSync(path, "utf8")),
      );
      if ("error" in read) throw new Error(`--recorded: ${path}: ${read.error}`);
      return read.groups;
    });
  return new StoredPast({
    name: folder,
    storage: lines.storage(),
    ...lines.span,
    records: groups.flatMap((group) =>
      group.rules
        .filter(({ kind }) => kind === "record")
        .map(({ name, expr, labels }): PastRecord => ({ name, expr, labels })),
    ),
    groups: groups.map(({ file, name }): PastGroup => ({ file, name })),
  });
}

/** Lines of a file that are read together: one by one each would be waited for. */
interface ReadLines {
  readonly lines: readonly string[];
  /** How much of the file was read up to them. */
  readonly bytesRead: number;
}

async function* linesOf(path: string): AsyncGenerator<ReadLines> {
  const stream = createReadStream(path);
  const input = path.endsWith(".gz") ? stream.pipe(createGunzip()) : stream;
  stream.on("error", (error) => input.destroy(error));
  input.setEncoding("utf8");
  let rest = "";
  try {
    for await (const text of input as AsyncIterable<string>) {
      const lines = (rest + text).split(/\r?\n/);
      rest = lines.pop() ?? "";
      yield { lines, bytesRead: stream.bytesRead };
    }
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    stream.destroy();
  }
  yield { lines: [rest], bytesRead: stream.bytesRead };
}

function filesIn(folder: string): string[] {
  const stat = statSync(folder, { throwIfNoEntry: false });
  if (!stat?.isDirectory()) throw new Error(`--recorded: found no folder ${folder}, ${allowed}`);
  return reading(folder, () => readdirSync(folder)).sort();
}

/** What the file system gives. @throws Error that names the option and the path */
function reading<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): Error {
  return new Error(`--recorded: ${path} cannot be read: ${(error as Error).message}`);
}
