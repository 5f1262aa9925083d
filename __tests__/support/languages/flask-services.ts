import { join } from "node:path";
import type { OtherProgram } from "../../../demo/services";
import { pythonServices, pythonSources } from "./programs";

const cwd = join(__dirname, "../../../examples/flask");

/** The services of `examples/flask` by gunicorn, as their README has it. */
export const flaskServices: Readonly<Record<"auth-service" | "order-service", OtherProgram>> = {
  "auth-service": programOf("auth_service"),
  "order-service": programOf("order_service"),
};

function programOf(module: string): OtherProgram {
  return {
    command: "sh",
    args: [
      "-c",
      `exec ${pythonServices.name} -m gunicorn --workers 1 --threads 100 --bind "127.0.0.1:$PORT" --no-control-socket ${module}.app:app`,
    ],
    cwd,
    env: { PYTHONPATH: pythonSources, PYTHONDONTWRITEBYTECODE: "1" },
  };
}
