import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { parse } from "../../../metrics/promql-analysis";
import { readRecordedFolder } from "../../../review/past/recorded-folder";

const rules = `groups:
  - name: parcels
    interval: 1m
    rules:
      - record: parcels:waiting
        expr: sum(parcels)
        labels: { team: depot }
      - alert: Crowded
        expr: parcels:waiting > 70
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "recorded-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(files: Readonly<Record<string, string | Buffer>>): void {
  for (const [name, contents] of Object.entries(files)) writeFileSync(join(folder, name), contents);
}

const reading = () => readRecordedFolder(folder);

it("reads samples of all files, packed or not, and the rules that recorded some of them", async () => {
  write({
    "b.om": "# TYPE parcels gauge\nparcels 1 60\r\nparcels 3 180\n# EOF\n",
    "a.txt.gz": gzipSync("parcels 2 120\nletters 5 240.5\n"),
    "rules.yml": rules,
    "notes.md": "no samples: these are words",
  });
  const past = await reading();
  expect(past).toMatchObject({
    name: folder,
    from: 60_000,
    to: 240_500,
    gaps: [],
    records: [{ name: "parcels:waiting", expr: "sum(parcels)", labels: { team: "depot" } }],
    groups: [{ file: "rules.yml", name: "parcels" }],
  });
  const [column, ...others] = await past.evaluate(parse("parcels"), {
    from: 60_000,
    to: 180_000,
    step: 60_000,
  });
  expect(others).toEqual([]);
  expect([...(column?.values ?? [])]).toEqual([1, 2, 3]);
});

it("reads a file that is read in many parts, with letters of several bytes", async () => {
  const lines = Array.from({ length: 20_000 }, (_, index) => `parcels{centre="Größe 📦"} 1 ${String(index)}`);
  write({ "a.om": lines.join("\r\n") });
  const past = await reading();
  expect(past.to).toBe(19_999_000);
  const all = past.storage.select(undefined, () => true, -Infinity, Infinity);
  expect(all.map(({ labels, times }) => [labels, times.length])).toEqual([
    [{ __name__: "parcels", centre: "Größe 📦" }, 20_000],
  ]);
});

it("tells how much of the files was read", async () => {
  const lines = Array.from({ length: 20_000 }, (_, index) => `parcels 1 ${String(index)}\n`);
  write({ "a.om": lines.join(""), "b.om.gz": gzipSync("letters 1 60\n") });
  const told: number[] = [];
  await readRecordedFolder(folder, (share) => told.push(share));
  expect(told.length).toBeGreaterThan(3);
  expect(told).toEqual([...told].sort((one, other) => one - other));
  expect(told[0]).toBeGreaterThan(0);
  expect(told[0]).toBeLessThan(0.5);
  expect(told.at(-1)).toBe(1);
});

it.each<[string, Readonly<Record<string, string | Buffer>>, string | RegExp]>([
  [
    "nothing",
    {},
    "--recorded: found no samples in FOLDER, allowed: a folder with files in the OpenMetrics format",
  ],
  [
    "files without samples",
    { "a.om": "# EOF\n", "rules.yml": rules },
    "--recorded: found no samples in FOLDER",
  ],
  [
    "a broken line",
    { "a.om": "parcels 1 60\n\n# HELP parcels Waiting\nparcels one 120\n" },
    "--recorded: FOLDER/a.om:4: found the value one, allowed: a number",
  ],
  [
    "a broken line of a packed file",
    { "a.om.gz": gzipSync("parcels 1 60\nparcels 2\n") },
    "--recorded: FOLDER/a.om.gz:2: found no sample with its time: parcels 2",
  ],
  [
    "a file that is not packed, named so",
    { "a.om.gz": "parcels 1 60\n" },
    "--recorded: FOLDER/a.om.gz cannot be read: incorrect header check",
  ],
  [
    "half of a packed file",
    { "a.om.gz": gzipSync("parcels 1 60\nparcels 2 120\n").subarray(0, 30) },
    "--recorded: FOLDER/a.om.gz cannot be read: unexpected end of file",
  ],
  [
    "rules that are none",
    { "a.om": "parcels 1 60\n", "rules.yaml": "groups: [" },
    /^--recorded: FOLDER\/rules\.yaml: .+/,
  ],
])("refuses %s, with the place", async (_what, files, message) => {
  write(files);
  const error: unknown = await reading().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Error);
  const said = (error as Error).message.replaceAll(folder, "FOLDER");
  if (typeof message === "string") expect(said).toContain(message);
  else expect(said).toMatch(message);
});

it.each(["a.om", "a.om.gz"])("refuses a folder in a file's place: %s", async (name) => {
  mkdirSync(join(folder, name));
  await expect(reading()).rejects.toThrow(`--recorded: ${join(folder, name)} cannot be read: EISDIR`);
});

it("refuses what is no folder", async () => {
  const absent = join(folder, "absent");
  await expect(readRecordedFolder(absent)).rejects.toThrow(
    `--recorded: found no folder ${absent}, allowed: a folder with files in the OpenMetrics format`,
  );
});
