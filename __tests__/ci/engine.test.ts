import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { isAlert } from "../../alerts/rule";
import { servicesOf } from "../../metrics/catalogue";
import { standard } from "../../metrics/standard";
import { ruleSettings } from "../support/rule-settings";
import { settings, system } from "../support/system";

const root = resolve(__dirname, "../..");
/** Rooms that may name what is the shop's. */
const others = ["shop", "services", "environments", "__tests__", "examples", "docs", "bench"];

/** All that the shop gave a name to. */
function ownNames(): readonly string[] {
  const { catalogue, records, alerts, dashboards } = system;
  const groups = Object.entries(alerts.groups(ruleSettings));
  const rules = groups.flatMap(([, ofFile]) => ofFile.flatMap((group) => group.rules));
  return [
    ...servicesOf(catalogue),
    ...Object.values(catalogue.services).map(({ owner }) => owner),
    ...Object.keys(catalogue.metrics).filter((name) => !(name in standard.metrics)),
    ...records.map(({ name }) => name),
    ...groups.flatMap(([file, ofFile]) => [file, ...ofFile.map(({ name }) => name)]),
    ...rules.filter(isAlert).map(({ alert }) => alert),
    ...Object.keys(settings.thresholds),
    ...Object.entries(dashboards.titles).flat(),
    ...Object.entries(dashboards.folders).flatMap(([uid, { title }]) => [uid, title]),
  ];
}

/**
 * Finds names in a text, with what a metric's series add to them. A name that is a word has other senses, too: of that
 * one all that stands between quotes must be it.
 */
function finderOf(names: readonly string[]): (text: string) => readonly string[] {
  const isWord = (name: string) => /^[A-Za-z]?[a-z]+$/.test(name);
  // Of no names there is none to be found: `(?!)` is nowhere.
  const oneOf = (some: readonly string[]) => `(?:${some.map(escaped).join("|") || "(?!)"})`;
  const plain = oneOf(names.filter(isWord));
  const telling = oneOf(names.filter((name) => !isWord(name)));
  const pattern = new RegExp(
    `(["'\`])${plain}\\1|(?<![\\w-])${telling}(?:_(?:bucket|count|sum))?(?![\\w-])`,
    "g",
  );
  return (text) => [...text.matchAll(pattern)].map(([found]) => found);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** The engine's sources, those that are new among them. */
function engineFiles(): readonly string[] {
  const files = ["ls-files", "--cached", "--others", "--exclude-standard"];
  const { stdout } = spawnSync("git", files, { cwd: root, encoding: "utf8", maxBuffer: 2 ** 24 });
  return stdout
    .split("\n")
    .filter((file) => /\.(?:tsx?|[cm]?js)$/.test(file) && !others.includes(file.split("/")[0] ?? ""))
    .filter((file) => existsSync(join(root, file)));
}

it("the engine names nothing that is the shop's: its services, metrics, alerts, dashboards and owners", () => {
  const find = finderOf(ownNames());
  const files = engineFiles();
  expect(files.length).toBeGreaterThan(500);
  const found = files.flatMap((file) => {
    const lines = readFileSync(join(root, file), "utf8").split("\n");
    return lines.flatMap((line, index) => find(line).map((name) => `${file}:${String(index + 1)}: ${name}`));
  });
  expect(found).toEqual([]);
});

describe("a name", () => {
  const find = finderOf(["our-service", "things_done_total", "ThingLost", "things", "Things", "Our Things"]);

  it.each([
    ['{ service: "our-service" }', ["our-service"]],
    ["/** Such as `our-service:1.0.0`. */", ["our-service"]],
    ["sum(rate(things_done_total[5m]))", ["things_done_total"]],
    ["things_done_total_bucket", ["things_done_total_bucket"]],
    ["// ThingLost comes first.", ["ThingLost"]],
    ['title: "Our Things"', ["Our Things"]],
    ['["things", "others"]', ['"things"']],
  ])("is found in %s", (text, names) => {
    expect(find(text)).toEqual(names);
  });

  it.each([
    "our-service-2",
    "of-our-service",
    "all_things_done_total",
    "ThingLostAgain",
    "things of all kinds",
  ])("is not found in %s", (text) => {
    expect(find(text)).toEqual([]);
  });
});
