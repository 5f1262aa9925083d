import type { App } from "cdktf";
import fc from "fast-check";
import { EnvironmentError, parseEnvironment } from "../support/environments";
import { prod } from "../support/environments/prod";
import { addStacks } from "../../stacks";
import { missingSources } from "../../stacks/image-source";
import { anything, hasRoutingProblems, nearlyValid } from "../support/arbitrary-environment";
import { edited } from "../support/edit";
import { synthesizeInMemory } from "../support/synth";

/** What zod says where nobody has found words for people. */
const wordsOfTheParser =
  /, allowed: (?:.*\b(?:Invalid|Unrecognized|Too (?:big|small)|Expected)\b|.*, received )/s;

function parse(raw: unknown) {
  try {
    return parseEnvironment(raw, "fuzzed.ts");
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    expect(error.problems.length).toBeGreaterThan(0);
    const isOurs = (line: string) =>
      /^fuzzed\.ts: .+: found .+, allowed: .+/s.test(line) && !wordsOfTheParser.test(line);
    expect(error.problems.filter((line) => !isOurs(line))).toEqual([]);
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

it("whatever stands in whichever place, what is said of it is said in our words", () => {
  for (const path of placesOf(prod)) {
    for (const value of [7, "", "x y", true, null, [], {}, [7], { x: 1 }, new Date(0)]) {
      parse(edited(prod, [path, value]));
    }
  }
});

/** The place of every value, as an `Edit` names it. */
function placesOf(value: unknown, path: readonly string[] = []): string[] {
  if (typeof value !== "object" || value === null) return [path.join(".")];
  const inner = Object.entries(value).flatMap(([key, each]) => placesOf(each, [...path, key]));
  return path.length === 0 ? inner : [path.join("."), ...inner];
}
