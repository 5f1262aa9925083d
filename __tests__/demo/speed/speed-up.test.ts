import { speedUp } from "../../../demo/speed/speed-up";
import { loadEnvironments } from "../../support/environments";

const [local] = loadEnvironments("local");

it.each([
  [1, {}],
  [5, { "timeout-offset": "0.5" }],
  // A scrape takes half a second: a probe that gave up half a second before its end would have no time.
  [30, { "timeout-offset": "0.25" }],
])("leaves a probe time at %i times the speed", (factor, flags) => {
  if (local === undefined) throw new Error("The tests have no environment local.");
  expect(speedUp(factor, local).flags["blackbox-exporter"] ?? {}).toEqual(flags);
});
