import { startDemo, type Demo, type DemoOptions } from "../../demo/demo";
import { loadEnvironments } from "./environments";

/**
 * Starts the demo with the environment `local` of the tests in the place of the project's own. Jaeger, which is long in
 * the making, does not run in it, unless a test asks for that.
 */
export function startTestDemo(options: DemoOptions): Promise<Demo> {
  const [local] = loadEnvironments("local");
  const change = options.environment;
  if (local === undefined) throw new Error("The tests have no environment local.");
  return startDemo({ without: ["jaeger"], ...options, environment: () => change?.(local) ?? local });
}
