import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

interface Job {
  readonly steps: readonly Step[];
  readonly strategy?: { readonly matrix: { readonly node: readonly string[] } };
}

const { jobs } = parse(readFileSync(join(__dirname, "../../.github/workflows/ci.yml"), "utf8")) as {
  jobs: Readonly<Record<"node" | "everything", Job>>;
};
const commands = ({ steps }: Job) => steps.flatMap(({ run }) => run ?? []);

it("GitHub runs the script that everybody runs, and nothing else after it", () => {
  expect(commands(jobs.everything).at(-1)).toBe(".ci/run");
});

it("what the README promises holds with each Node alone", () => {
  expect(jobs.node.strategy?.matrix.node).toEqual(["20.9.0", "22", "24"]);
  expect(commands(jobs.node)).toEqual(["npm ci", "npm test", "npm run synth"]);
});

it("every action is pinned by its commit", () => {
  const actions = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? []));
  expect(actions.length).toBeGreaterThan(4);
  for (const action of actions) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
});
