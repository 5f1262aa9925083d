import { readdirSync, readFileSync } from "node:fs";
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
