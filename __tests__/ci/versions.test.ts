import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deployedVersions, testedVersions } from "../../.ci/tested-versions";
import { describeVersion } from "../../demo/words";

/** Other versions of Node, with which the unit tests run. */
const nodes = ["node_20", "node_22", "node_24"];

/** What the tests ask and nobody deploys. */
const onlyAsked = ["prometheus_client", "pebble", "cortex", "vmalert", ...nodes];
/** What the tests build from the very files that are deployed. */
const built = ["caddy"];

/** Programs of which the deployed version cannot be had where the tests run; CONTRIBUTING.md says why. */
const older = { alertmanager: "Alertmanager", jaeger: "Jaeger" };

const contributing = readFileSync(join(__dirname, "../../CONTRIBUTING.md"), "utf8");

it("the tests run the versions that are deployed, but for those that cannot be had", () => {
  const versions = deployedVersions();
  const programs = [...versions.map(({ program }) => program), ...onlyAsked, ...built];
  expect(programs.sort()).toEqual(Object.keys(testedVersions()).sort());
  for (const { found, deployed } of versions) {
    expect([found, deployed]).toEqual([expect.any(String), expect.any(String)]);
  }
  const others = versions.filter(({ found, deployed }) => found !== deployed);
  expect(others.map(({ program }) => program)).toEqual(Object.keys(older));
});

it.each(Object.entries(older))(
  "CONTRIBUTING.md says which %s is tested, and which deployed",
  (program, name) => {
    const { found, deployed } = deployedVersions().find((each) => each.program === program) ?? {};
    expect(contributing).toContain(`${name} ${found ?? ""}, while ${deployed ?? ""} is deployed`);
  },
);

it("the edge that the tests run is the one that is deployed", () => {
  const read = (file: string) =>
    readFileSync(join(__dirname, "../../constructs/docker/edge-image", file), "utf8");
  const { caddy } = testedVersions();
  expect(read("go.mod")).toContain(`github.com/caddyserver/caddy/v2 v${caddy ?? "?"}\n`);
  expect(read("Dockerfile")).toContain(`caddy:${caddy ?? "?"}-alpine\n`);
});

it("the unit tests run with the oldest Node that is promised, and one of each later line", () => {
  const { engines } = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8")) as {
    engines: { node: string };
  };
  const [oldest, ...later] = nodes.map((name) => testedVersions()[name]);
  expect(`>=${oldest ?? ""}`).toBe(engines.node);
  expect(later.map((version) => version?.split(".")[0])).toEqual(["22", "24"]);
  expect(readFileSync(join(__dirname, "../../.ci/run"), "utf8")).toContain(`\nnodes=(${nodes.join(" ")})\n`);
});

it("the report says what differs", () => {
  const lines = deployedVersions().map(describeVersion);
  expect(lines).toContainEqual(expect.stringMatching(/^prometheus \d\S+, as deployed$/));
  expect(lines).toContainEqual(expect.stringMatching(/^alertmanager \d\S+, deployed is \d\S+$/));
});
