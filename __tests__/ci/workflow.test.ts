import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly steps: readonly Step[];
  readonly permissions?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: { readonly node: readonly string[] } };
}

const workflow = (name: string): unknown =>
  parse(readFileSync(join(__dirname, "../../.github/workflows", name), "utf8"));
const { jobs } = workflow("ci.yml") as { jobs: Readonly<Record<"node" | "everything", Job>> };
const review = workflow("review.yml") as {
  permissions: Readonly<Record<string, string>>;
  jobs: Readonly<Record<"review" | "comment", Job>>;
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
  const actions = [jobs, review.jobs].flatMap((all) =>
    Object.values(all).flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? [])),
  );
  expect(actions.length).toBeGreaterThan(10);
  for (const action of actions) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
});

describe("the review of a pull request", () => {
  it("what runs the pull request's code may write nothing, and what may write runs the base's", () => {
    expect(review.permissions).toEqual({ contents: "read" });
    expect(review.jobs.review.permissions).toBeUndefined();
    expect(review.jobs.comment.permissions).toEqual({ contents: "read", "pull-requests": "write" });
    const [checkout] = review.jobs.comment.steps;
    expect(checkout?.with?.ref).toBe("${{ github.event.pull_request.base.sha }}");
    expect(commands(review.jobs.comment)).toEqual(["node .github/review-comment.ts review-out/review.md"]);
  });

  it("puts nothing of the pull request into a shell's text", () => {
    for (const job of Object.values(review.jobs)) {
      for (const command of commands(job)) expect(command).not.toContain("${{");
    }
  });

  it("needs the whole history to compare with, and keeps no credentials", () => {
    const [checkout] = review.jobs.review.steps;
    expect(checkout?.with).toEqual({ "fetch-depth": 0, "persist-credentials": false });
  });
});
