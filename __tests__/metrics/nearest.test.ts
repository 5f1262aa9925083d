import { nearest } from "../../metrics/describe";

it.each([
  ["dve", ["local", "dev", "prod"], "dev"],
  ["prdo", ["local", "dev", "prod"], "prod"],
  ["--eror", ["--json", "--errors"], "--errors"],
  ["DEV", ["dev"], "dev"],
  ["production", ["dev", "prod"], undefined],
  ["", ["dev"], undefined],
  ["x".repeat(1_000), ["x".repeat(999)], undefined],
])("of %j the nearest among %j is %j", (word, candidates, expected) => {
  expect(nearest(word, candidates)).toBe(expected);
});
