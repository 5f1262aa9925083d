import type { App } from "cdktf";
import fc from "fast-check";
import { EnvironmentError, parseEnvironment } from "../../environments";
import { addStacks } from "../../stacks";
import { missingSources } from "../../stacks/image-source";
import { anything, hasRoutingProblems, nearlyValid } from "../support/arbitrary-environment";
import { synthesizeInMemory } from "../support/synth";

function parse(raw: unknown) {
  try {
    return parseEnvironment(raw, "fuzzed.ts");
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    expect(error.problems.length).toBeGreaterThan(0);
    for (const line of error.problems) expect(line).toMatch(/^fuzzed\.ts: .+: found .+, allowed: .+/s);
    return undefined;
  }
}

it("whatever an environment is, it is either taken or refused with problems", () => {
  fc.assert(
    fc.property(anything, (raw) => {
      parse(raw);
    }),
    { numRuns: 2000 },
  );
});

it("whatever is wrong in an environment, it is refused; what is taken can be synthesized", () => {
  let taken = 0;
  fc.assert(
    fc.property(nearlyValid, (raw) => {
      const environment = parse(raw);
      if (!environment || missingSources(environment).length > 0 || hasRoutingProblems(environment)) return;
      taken += 1;
      synthesizeInMemory((app: App) => {
        addStacks(app, environment);
      });
    }),
    { numRuns: 600 },
  );
  // The property must have seen both outcomes.
  expect(taken).toBeGreaterThan(20);
  expect(taken).toBeLessThan(600);
});
