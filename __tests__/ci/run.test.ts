import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const tests = join(__dirname, "..");
const script = readFileSync(join(tests, "../.ci/run"), "utf8");

/** Patterns of the groups of suites that run beside the others, by their names. */
const groups = new Map(
  [...script.matchAll(/^ {2}\[(\w+)\]="(.+)"$/gm)].map(([, name = "", pattern = ""]) => [name, pattern]),
);
const suites = readdirSync(join(tests, "e2e"), { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".test.ts"))
  .map((path) => `e2e/${path}`);
const suitesOf = (pattern: string) => suites.filter((path) => new RegExp(pattern).test(path));

/** Groups that run one after the other. */
const lanes = [...script.matchAll(/^start_beside lane-\d run_lane (.+)$/gm)].map(([, names = ""]) =>
  names.split(" ").filter((name) => !name.startsWith("--")),
);

it("each group is in a lane, once", () => {
  expect(lanes.flat().sort()).toEqual([...groups.keys()].sort());
});

it("all suites that start a Docker engine or a browser are in one lane", () => {
  const starting = (names: RegExp) =>
    suites.filter((path) => names.test(readFileSync(join(tests, path), "utf8")));
  const [engines, browsers] = [starting(/describeWithEngine/), starting(/\bchromiumProgram\b/)];
  expect(Math.min(engines.length, browsers.length)).toBeGreaterThan(3);
  const inLanes = lanes.map((names) => names.flatMap((name) => suitesOf(groups.get(name) ?? "-")));
  expect(inLanes).toContainEqual(expect.arrayContaining([...engines, ...browsers]));
});

it.each([...groups])("what the pattern of the group %s names is there", (_, pattern) => {
  for (const word of pattern.match(/[\w-]+/g) ?? []) {
    expect([word, suitesOf(pattern).filter((path) => path.includes(word))]).not.toEqual([word, []]);
  }
});

it("no suite is in two groups", () => {
  const all = [...groups.values()].flatMap(suitesOf);
  expect(all.filter((path, index) => all.indexOf(path) !== index)).toEqual([]);
  expect(all.length).toBeGreaterThan(groups.size);
});

describe("what the other Nodes leave out of the unit tests", () => {
  const [, usesNode = "-"] = /^uses_node="(.+)"$/m.exec(script) ?? [];
  const rooms = readdirSync(tests).filter((name) => existsSync(join(tests, "..", name)));
  const sources = rooms.flatMap((room) =>
    readdirSync(join(tests, "..", room), { recursive: true, encoding: "utf8" })
      .filter((path) => /\.[cm]?ts$/.test(path) && !/node_modules|\.d\.ts$|^grafana\/lib/.test(path))
      .map((path) => `${room}/${path}`),
  );
  const modulesOf = (path: string) =>
    [...readFileSync(join(tests, "..", path), "utf8").matchAll(/(?:from|import\() ?"node:([\w/]+)"/g)].map(
      ([, name = ""]) => name,
    );

  it("uses nothing of Node but files, paths and hashes", () => {
    const left = sources.filter((path) => !new RegExp(usesNode).test(`__tests__/${path}`));
    expect(left.length).toBeGreaterThan(200);
    expect(new Set(left.flatMap(modulesOf))).toEqual(new Set(["crypto", "fs", "path"]));
  });

  it("is found where it used more", () => {
    expect(modulesOf("alerts/lint/ask/promtool.ts")).toEqual(["child_process"]);
  });
});
