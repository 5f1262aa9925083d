import { createReadStream, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import { readRules } from "../../alerts/lint/read-rules";
import type { PastGroup, PastRecord } from "./past";
import { SampleLines } from "./sample-lines";
import { StoredPast } from "./stored-past";

const samples = /\.(?:om|openmetrics|prom|txt)(?:\.gz)?$/;
const rules = /\.ya?ml$/;

/**
 * Reads a folder of recorded samples: files in the OpenMetrics format with a time in each line, as `promtool tsdb
 * dump-openmetrics` writes them (`.om`, `.txt`, `.prom`, with `.gz` or without), and files of the rules whose series are among
 * them (`.yml`).
 * @param onProgress is told how many samples were read
 * @throws Error that names the file and line of what is no sample, and for a folder without any
 */
export async function readRecordedFolder(
  folder: string,
  onProgress: (samples: number) => void,
): Promise<StoredPast> {
  const files = filesIn(folder);
  const lines = new SampleLines();
  for (const file of files.filter((name) => samples.test(name))) {
    const path = join(folder, file);
    const stream = createReadStream(path);
    const input = file.endsWith(".gz") ? stream.pipe(createGunzip()) : stream;
    stream.on("error", (error) => input.destroy(error));
    let number = 0;
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      number += 1;
      const problem = lines.add(line);
      if (problem !== undefined) throw new Error(`${path}:${String(number)}: ${problem}`);
      if (number % 1_000_000 === 0) onProgress(lines.count);
    }
  }
  if (lines.count === 0) {
    throw new Error(
      `--recorded: found no samples in ${folder}, allowed: a folder with files in the OpenMetrics format (.om, .txt, .prom, also with .gz), such as \`promtool tsdb dump-openmetrics\` writes`,
    );
  }
  const groups = files
    .filter((name) => rules.test(name))
    .flatMap((file) => {
      const read = readRules(file, readFileSync(join(folder, file), "utf8"));
      if ("error" in read) throw new Error(`${join(folder, file)}: ${read.error}`);
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

function filesIn(folder: string): string[] {
  const stat = statSync(folder, { throwIfNoEntry: false });
  if (!stat?.isDirectory()) throw new Error(`--recorded: found no folder ${folder}`);
  return readdirSync(folder).sort();
}
