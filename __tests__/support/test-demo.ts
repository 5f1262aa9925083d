import { startDemo, type Demo, type DemoOptions } from "../../demo/demo";
import { loadEnvironments } from "./environments";

/** Starts the demo with the environment `local` of the tests in the place of the project's own. */
export function startTestDemo(options: DemoOptions): Promise<Demo> {
  const [local] = loadEnvironments("local");
  const change = options.environment;
  if (local === undefined) throw new Error("The tests have no environment local.");
  return startDemo({ ...options, environment: () => change?.(local) ?? local });
}
