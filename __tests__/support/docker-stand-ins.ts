import type { DockerEngine } from "./docker-engine";
import { RootFolder } from "./docker-root-folder";
import { alertmanagerProgram, nodeExporterProgram, prometheusProgram, promtool } from "./programs";
import { lackOf } from "./require-program";

/** What a synthesized stack says of a container, as far as a stand-in for its image must know. */
export interface WantedContainer {
  /** Name and tag of the image. */
  readonly image: string;
  /** The health check's program and its arguments; empty where there is none. */
  readonly healthCheck: readonly string[];
  /** What is run in place of the image's entry point. */
  readonly entrypoint?: readonly string[];
  /** `uid:gid`, where the stack names it. */
  readonly user?: string;
  /** Paths at which named volumes are mounted. */
  readonly volumes: readonly string[];
}

/** Programs of this machine that are what the image has, by the image's repository: they run as they are. */
const realPrograms: Readonly<Record<string, { readonly program: string; readonly path: string }>> = {
  "prom/alertmanager": { program: alertmanagerProgram.name, path: "/usr/bin/alertmanager" },
  "prom/prometheus": { program: prometheusProgram.name, path: "/usr/bin/prometheus" },
  "prom/node-exporter": { program: nodeExporterProgram.name, path: "/usr/bin/node_exporter" },
};

/** A web server that ends when it is asked to. */
const server = (port: string) => `#!/bin/sh
trap 'exit 0' TERM INT
httpd -f -p ${port} -h /www &
wait $!
`;

/**
 * Makes an image under the name of one that cannot be pulled. Prometheus, Alertmanager and node-exporter are this
 * machine's own; all others are a web server that answers at the address of the health check.
 * @param isHealthy false for one whose health check fails. Default: true
 */
export async function makeStandIn(
  engine: DockerEngine,
  wanted: WantedContainer,
  isHealthy = true,
): Promise<void> {
  const root = new RootFolder();
  addBusybox(root);
  const [user = "0", group = "0"] = (wanted.user ?? "").split(":");
  // A new volume takes over what the image has at its place: the owner too.
  for (const path of wanted.volumes) root.addFolder(path, Number(user), Number(group));
  const real = isHealthy ? realPrograms[wanted.image.split(":")[0] ?? ""] : undefined;
  if (real) root.addProgram(real.program, real.path);
  const own = wanted.entrypoint?.[0];
  if (own === undefined || own !== wanted.healthCheck[0]) addHealthCheck(root, wanted);
  const entrypoint = real?.path ?? addServer(root, wanted, isHealthy);
  await root.import(engine, [wanted.image], ["ENV PATH=/usr/bin", `ENTRYPOINT ["${entrypoint}"]`]);
}

/** Adds a shell and the few programs that health checks and tests use. */
export function addBusybox(root: RootFolder): void {
  root.addProgram("busybox");
  for (const name of ["sh", "httpd", "wget", "cat", "id", "ls", "stat", "touch"])
    root.link("busybox", `/usr/bin/${name}`);
}

/** Prometheus' own path where the health check names the server alone, as promtool takes it. */
function addressOf({ image, healthCheck }: WantedContainer): URL {
  const address = /https?:\/\/[^\s"']+/.exec(healthCheck.join(" "))?.[0];
  if (address !== undefined) return new URL(healthCheck[0] === "promtool" ? "/-/healthy" : address, address);
  throw new Error(`No stand-in for ${image}: its health check "${healthCheck.join(" ")}" names no URL.`);
}

function inImage(program: string): string {
  return program.startsWith("/") ? program : `/usr/bin/${program}`;
}

const asking = (wanted: WantedContainer) => `exec wget -q --spider ${addressOf(wanted).href}`;

/** The health check's own program, or what asks in place of one that is not here, such as Python. */
function addHealthCheck(root: RootFolder, wanted: WantedContainer): void {
  const [program] = wanted.healthCheck;
  if (program === undefined || program === "wget") return;
  if (program === promtool.name) {
    root.addProgram(program);
    return;
  }
  root.write(inImage(program), `#!/bin/sh\n${asking(wanted)}\n`, 0o755);
}

/**
 * Where the container is run by a program of its own, that is the server; asked by the same program, it asks.
 * @returns path of the program
 */
function addServer(root: RootFolder, wanted: WantedContainer, isHealthy: boolean): string {
  const { healthCheck, entrypoint = [] } = wanted;
  const { port, pathname } = healthCheck.length > 0 ? addressOf(wanted) : new URL("http://127.0.0.1/");
  root.addFolder("/www");
  if (isHealthy) root.write(`/www${pathname.endsWith("/") ? `${pathname}index.html` : pathname}`, "ok\n");
  const [program = "stand-in"] = entrypoint;
  const asks =
    healthCheck[0] === program
      ? `case "$*" in *"${addressOf(wanted).href}"*) ${asking(wanted)};; esac\n`
      : "";
  root.write(inImage(program), server(port || "80").replace("\n", `\n${asks}`), 0o755);
  return inImage(program);
}

/** Why stand-ins cannot be made, as a sentence; empty where they can. */
export function standInsLack(): string {
  const busybox = { name: "busybox", hint: "On Debian: apt-get install busybox-static." };
  return lackOf([busybox, prometheusProgram, promtool, alertmanagerProgram, nodeExporterProgram]);
}
