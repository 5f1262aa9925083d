import { join } from "node:path";
import { ensureVirtualEnvironment, type EnvironmentStep } from "./virtual-environment";

/**
 * Installs what the services in `examples/flask` need, where that was not done before.
 * @param onStep is told of each step, and of nothing where all is there
 * @returns the path of a Python that has it
 * @throws Error that names the cause and the next step
 */
export function ensurePackages(onStep: (step: EnvironmentStep) => void): Promise<string> {
  return ensureVirtualEnvironment(
    {
      what: "the services in Python",
      without: "leave --python out",
      folder: join(__dirname, "../../node_modules/.cache/flask-services"),
      requirements: ["examples/flask/requirements.txt"],
    },
    onStep,
  );
}
