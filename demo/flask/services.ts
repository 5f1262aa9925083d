import { join } from "node:path";
import type { OtherProgram } from "../services";

const root = join(__dirname, "../..");

/** The services that `examples/flask` has, by the name of their package there. */
const modules = { "auth-service": "auth_service", "order-service": "order_service" } as const;

/** A service that there is in Python, too. */
export type FlaskService = keyof typeof modules;

/**
 * The services of `examples/flask` by gunicorn, as their README and their image have it.
 * @param python path or name of a Python that has what they need
 */
export function flaskServices(python: string): Readonly<Record<FlaskService, OtherProgram>> {
  return {
    "auth-service": programOf(python, modules["auth-service"]),
    "order-service": programOf(python, modules["order-service"]),
  };
}

function programOf(python: string, module: string): OtherProgram {
  return {
    command: "sh",
    args: [
      "-c",
      `exec "$0" -m gunicorn --workers 1 --threads 100 --bind "127.0.0.1:$PORT" --no-control-socket ${module}.app:app`,
      python,
    ],
    cwd: join(root, "examples/flask"),
    env: { PYTHONPATH: join(root, "python/src"), PYTHONDONTWRITEBYTECODE: "1" },
  };
}
