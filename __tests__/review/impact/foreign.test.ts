import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildSync } from "esbuild";
import { readForeign } from "../../../review/impact/foreign/foreign";
import { foreignReadsOf } from "../../../review/impact/foreign/reads";
import { impactOf } from "../../../review/impact/impact-of";
import { metric, version } from "./versions";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "foreign-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(file: string, content: string | Buffer): string {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

const rules = (expr = "parcels_total > 1") => `groups: [{name: g, rules: [{alert: A, expr: '${expr}'}]}]\n`;
const board = (count: number) =>
  JSON.stringify({
    title: "B",
    panels: Array.from({ length: count }, (_, id) => ({
      id,
      title: `P${String(id)}`,
      type: "timeseries",
      description: "What it shows. ".repeat(250),
      targets: [
        { refId: "A", expr: `sum by (result) (rate(parcels_total{result="sent"}[5m])) * ${String(id)}` },
      ],
    })),
  });

const parcels = metric("parcels_total");

describe("files of others that are many or large", () => {
  it("10 MB of a dashboard", () => {
    const text = board(2_600);
    expect(text.length).toBeGreaterThan(10e6);
    write("large.json", text);
    const foreign = readForeign([folder]);
    expect(foreign.readers).toHaveLength(2_600);
    const { findings } = impactOf(version({ metrics: [parcels] }), version({ metrics: [] }), foreign);
    expect(findings.find(({ subject }) => subject.name === "parcels_total")?.readers).toHaveLength(2_600);
  }, 60_000);

  it("a folder of 1,000", () => {
    for (let index = 0; index < 1_000; index += 1) {
      const team = `team-${String(index % 10)}`;
      write(`${team}/${String(index)}.${index % 2 ? "json" : "yml"}`, index % 2 ? board(2) : rules());
    }
    const foreign = readForeign([folder]);
    expect(foreign.readers).toHaveLength(1_500);
    expect(foreign.notes).toHaveLength(1);
    const { findings } = impactOf(version({ metrics: [parcels] }), version({ metrics: [] }), foreign);
    expect(findings.find(({ subject }) => subject.name === "parcels_total")?.readers).toHaveLength(1_500);
  }, 60_000);

  it("names a few of those that it cannot read, and says how many there are", () => {
    for (let index = 0; index < 100; index += 1) write(`${String(index)}.json`, "{");
    const { notes } = readForeign([folder]);
    expect(notes).toHaveLength(42);
    expect(notes.at(-1)).toBe("So it is with 60 more files or rules in them.");
  });

  it("blank lines without end", () => {
    write("blank.yml", `${" \n".repeat(2 ** 20)}x: 1\n`);
    expect(readForeign([folder]).readers).toEqual([]);
  }, 20_000);
});

describe("files of others that cannot be read", () => {
  const notesOf = () => readForeign([folder]).notes.slice(1);

  it.each<[string, string, string | Buffer, RegExp]>([
    ["broken JSON", "a.json", '{"panels": [', /^a\.json was not read: it is no JSON\.$/],
    ["broken YAML", "a.yml", "groups: [{", /^a\.yml was not read: it is no YAML: /],
    [
      "a binary",
      "a.json",
      Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]),
      /^a\.json was not read: it is no text/,
    ],
    [
      "bytes of another encoding",
      "a.yaml",
      Buffer.from([0x67, 0xff, 0xfe]),
      /^a\.yaml was not read: it is no text/,
    ],
    ["YAML of nothing but aliases", "a.yml", bomb(), /^a\.yml was not read: /],
    ["brackets within brackets", "a.yml", `groups: ${"[".repeat(50_000)}`, /^a\.yml was not read: /],
    [
      "rules of no form",
      "a.rules",
      "groups: [{name: g, rules: [{expr: up}]}]",
      /^a\.rules:1: the rule has neither/,
    ],
    [
      "a configuration that Alertmanager refuses",
      "a.yml",
      "route: {receiver: [1]}\nreceivers: [{name: a}]\n",
      /^a\.yml was not read: /,
    ],
  ])(
    "%s",
    (_, file, content, expected) => {
      write(file, content);
      write("rules.yml", rules());
      const notes = notesOf();
      expect(notes).toEqual([expect.stringMatching(expected)]);
      expect(readForeign([folder]).readers.map(({ place }) => place)).toContain("rules.yml:1");
    },
    20_000,
  );

  function bomb(): string {
    const lines = Array.from(
      { length: 9 },
      (_, level) =>
        `a${String(level + 1)}: &a${String(level + 1)} [${Array(9)
          .fill(`*a${String(level)}`)
          .join(", ")}]`,
    );
    return `route: {}\nreceivers: []\na0: &a0 x\n${lines.join("\n")}\n`;
  }

  it("links that lead round in circles, nowhere and to the same", () => {
    write("one/rules.yml", rules());
    mkdirSync(join(folder, "two"));
    for (const [to, from] of [
      ["..", "one/up"],
      ["../one", "two/one"],
      ["../two", "one/two"],
      ["self.yml", "self.yml"],
      ["nowhere", "lost.yml"],
      ["one/rules.yml", "same.yml"],
    ] as const)
      symlinkSync(to, join(folder, from));
    const { readers, notes } = readForeign([folder]);
    expect(readers.map(({ place }) => place)).toEqual(["one/rules.yml:1"]);
    expect(notes.slice(1)).toEqual([
      "lost.yml was not read: its link leads nowhere.",
      "self.yml was not read: its link leads to itself.",
    ]);
  });

  it("what is no file", () => {
    execFileSync("mkfifo", [join(folder, "pipe.json")]);
    expect(readForeign([folder]).notes).toEqual([
      "Of others were read: 0 files of dashboards and rules, 0 Alertmanager configurations. Files that are none of these and were left out: 1.",
    ]);
  });

  /** Root may read all, and becomes somebody else for it. */
  it("files and folders without rights", () => {
    // All that leads there must be open to somebody else, which the folder of temporary files need not be.
    const open = mkdtempSync("/tmp/files-of-others-");
    chmodSync(open, 0o755);
    mkdirSync(join(open, "closed"), 0);
    writeFileSync(join(open, "secret.yml"), rules(), { mode: 0 });
    const program = `
      const { filesIn, causeOf } = require("./files.cjs");
      if (process.getuid() === 0) process.setuid(65534);
      const { files, notes } = filesIn(".", (name) => name.endsWith(".yml"));
      const read = files.map(({ path, file }) => {
        try { require("node:fs").readFileSync(path); } catch (error) { return file + ": " + causeOf(error); }
      });
      console.log(JSON.stringify([...notes, ...read]));`;
    buildSync({
      entryPoints: [join(__dirname, "../../../review/impact/foreign/files.ts")],
      bundle: true,
      platform: "node",
      format: "cjs",
      outfile: join(open, "files.cjs"),
    });
    const told = execFileSync(process.execPath, ["--eval", program], { cwd: open, encoding: "utf8" });
    chmodSync(join(open, "closed"), 0o755);
    rmSync(open, { recursive: true });
    expect(JSON.parse(told)).toEqual([
      "closed was not read: there is no right to read it.",
      "secret.yml: there is no right to read it",
    ]);
  }, 30_000);
});

describe("JSON of others", () => {
  it("is known by what is in it", () => {
    write("rules.json", JSON.stringify({ groups: [{ name: "g", rules: [{ alert: "A", expr: "up" }] }] }));
    write("am.json", JSON.stringify({ route: { receiver: "a" }, receivers: [{ name: "a" }] }));
    write("list.json", "[1]");
    const { readers, alertmanagers, notes } = readForeign([folder]);
    expect(readers.map(({ name }) => name)).toEqual(["A"]);
    expect(alertmanagers.map(({ file }) => file)).toEqual(["am.json"]);
    expect(notes).toHaveLength(1);
  });
});

it("says which series others read", () => {
  write("a.yml", rules('rate(parcels_total[5m]) > on () sum({__name__=~"post:.+", centre="north"})'));
  write("b.json", board(1));
  const foreign = readForeign([folder]);
  const names = ["vans", "post:late", "parcels_total", "post", "post:late"];
  expect(foreignReadsOf(foreign, names)).toEqual(["post:late", "parcels_total"]);
});
