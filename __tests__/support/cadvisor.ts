import { dirname } from "node:path";
import { cadvisor } from "../../constructs/docker/cadvisor";
import type { DockerEngine } from "./docker-engine";
import { RootFolder } from "./docker-root-folder";
import { addBusybox } from "./docker-stand-ins";
import { cadvisorProgram } from "./programs";

/** Of containers that are watched. */
export const busybox = "busybox:test";

const socketFolder = "/engine";
const network = "monitoring";

/**
 * Runs cAdvisor in a container of an engine as the stack does: with the same arguments, folders, device, rights and limits.
 * The engine's socket alone is elsewhere.
 * @returns base URL, which this machine reaches
 */
export async function runCadvisor(engine: DockerEngine): Promise<string> {
  const root = new RootFolder();
  addBusybox(root);
  for (const applet of ["sleep", "tail", "yes"]) root.link("busybox", `/usr/bin/${applet}`);
  root.addProgram(cadvisorProgram.name, "/usr/bin/cadvisor");
  await root.import(engine, [cadvisor.image, busybox], ["ENV PATH=/usr/bin"]);
  await engine.docker("network", "create", network);

  const { name, port, image, limits, container } = cadvisor;
  const { command = [], capabilities = [], devices = [], hostPaths = [] } = container;
  await engine.docker(
    ...["run", "--detach", "--name", name, "--network", network],
    ...["--read-only", "--security-opt", "no-new-privileges", "--cap-drop", "ALL"],
    ...["--memory", `${String(limits.memoryMb)}m`, "--cpus", String(limits.cpus)],
    ...capabilities.flatMap((each) => ["--cap-add", each.name]),
    ...devices.flatMap((path) => ["--device", `${path}:${path}:r`]),
    ...hostPaths.flatMap(({ host, path }) => ["--volume", `${host}:${path}:ro`]),
    ...["--volume", `${dirname(new URL(engine.host).pathname)}:${socketFolder}:ro`],
    ...[image, "cadvisor", ...command, `--docker=unix://${socketFolder}/docker.sock`],
  );
  const address = await engine.docker(
    ...["inspect", "--format", `{{(index .NetworkSettings.Networks "${network}").IPAddress}}`, name],
  );
  return `http://${address}:${String(port)}`;
}

/** Starts a container on the same network, with options of `docker run`, that runs a script. */
export async function runWatched(
  engine: DockerEngine,
  name: string,
  options: readonly string[],
  script: string,
): Promise<void> {
  const own = ["run", "--detach", "--name", name, "--network", network, ...options];
  await engine.docker(...own, busybox, "sh", "-c", script);
}
