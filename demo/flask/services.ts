import { existsSync } from "node:fs";
import { join } from "node:path";
import { programNames, type ServiceProgram } from "../../services/programs";
import type { OtherProgram } from "../services";

const root = join(__dirname, "../..");
const folder = join(root, "examples/flask");

/**
 * The services that `examples/flask` has, by gunicorn, as their README and their image have it.
 * @param python path or name of a Python that has what they need
 */
export function flaskServices(python: string): Readonly<Partial<Record<ServiceProgram, OtherProgram>>> {
  const those = programNames.filter((name) => existsSync(join(folder, moduleOf(name), "app.py")));
  return Object.fromEntries(those.map((name) => [name, programOf(python, moduleOf(name))]));
}

/** Its package there. */
function moduleOf(service: ServiceProgram): string {
  return service.replaceAll("-", "_");
}

function programOf(python: string, module: string): OtherProgram {
  return {
    command: "sh",
    args: ["-c", `exec "$0" -m gunicorn --bind "127.0.0.1:$PORT" ${module}.app:app`, python],
    cwd: folder,
    env: { PYTHONPATH: join(root, "python/src"), PYTHONDONTWRITEBYTECODE: "1" },
  };
}
