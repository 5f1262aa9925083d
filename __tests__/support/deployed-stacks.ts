import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fillTemplate } from "../../demo/containers";
import type { DockerEngine } from "./docker-engine";
import { RootFolder } from "./docker-root-folder";
import {
  alertmanagerProgram,
  blackboxExporterProgram,
  jaegerProgram,
  nodeExporterProgram,
  prometheusProgram,
} from "./programs";

/** Programs of this machine that take the place of those in the images, by the container's name without its number. */
const realPrograms: Readonly<Record<string, string>> = {
  prometheus: prometheusProgram.name,
  alertmanager: alertmanagerProgram.name,
  "node-exporter": nodeExporterProgram.name,
  jaeger: jaegerProgram.name,
  "blackbox-exporter": blackboxExporterProgram.name,
};

/** The programs of which these tests need the real ones. */
export const deployedPrograms = [
  prometheusProgram,
  alertmanagerProgram,
  nodeExporterProgram,
  jaegerProgram,
  blackboxExporterProgram,
];

/** Ports at which the others listen in their images, besides those that they publish. */
const ownPorts: Readonly<Record<string, readonly number[]>> = {
  cadvisor: [8080],
  "log-shipper": [2020],
  loki: [3100],
  moto: [5443],
  inbox: [1025],
};

/** Answers any request at each of its ports with a page of metrics that says which port it was. */
const standIn = `
for (const port of process.env.PORTS.split(",").map(Number)) {
  require("node:http")
    .createServer((request, response) => {
      response.setHeader("content-type", "text/plain; version=0.0.4");
      response.end("stand_in_port " + port + "\\n");
    })
    .listen(port, "0.0.0.0");
}
process.on("SIGTERM", () => process.exit(0));
`;

interface NetworkJson {
  readonly name: string;
  readonly internal?: boolean;
  readonly ipam_config?: readonly { readonly subnet: string; readonly gateway: string }[];
}

interface ContainerJson {
  readonly name: string;
  readonly provider?: string;
  readonly command?: readonly string[];
  readonly user?: string;
  readonly env?: readonly string[];
  readonly network_mode?: string;
  readonly pid_mode?: string;
  readonly networks_advanced?: readonly {
    readonly name: string;
    readonly aliases?: readonly string[];
    readonly ipv4_address?: string;
  }[];
  readonly ports?: readonly { readonly internal: number; readonly external: number; readonly ip: string }[];
  readonly volumes?: readonly { readonly container_path: string }[];
  readonly upload?: readonly { readonly file: string; readonly content: string }[];
}

interface StackJson {
  readonly resource: {
    readonly docker_network?: Readonly<Record<string, NetworkJson>>;
    readonly docker_container?: Readonly<Record<string, ContainerJson>>;
  };
}

/**
 * Networks and containers as synthesized stacks describe them, made on an engine by its own commands in the provider's
 * order, where no provider is needed: what listens and who reaches it is what the provider would have made. Programs of
 * this machine run as they are; in place of all others something listens at their ports.
 */
export class DeployedStacks {
  private constructor(
    private readonly engine: DockerEngine,
    private readonly stacks: readonly StackJson[],
    /** Ports of a service's container, by its name. */
    private readonly servicePorts: Readonly<Record<string, readonly number[]>>,
  ) {}

  /** @param texts the stacks' JSON, those that make networks first */
  static async deploy(
    engine: DockerEngine,
    texts: readonly string[],
    servicePorts: Readonly<Record<string, readonly number[]>>,
  ): Promise<DeployedStacks> {
    const stacks = texts.map((text) => JSON.parse(text) as StackJson);
    const deployed = new DeployedStacks(engine, stacks, servicePorts);
    await deployed.makeImages();
    for (const network of deployed.networks) await deployed.makeNetwork(network);
    for (const container of deployed.containers) await deployed.makeContainer(container);
    return deployed;
  }

  get networks(): readonly NetworkJson[] {
    return this.stacks.flatMap(({ resource }) => Object.values(resource.docker_network ?? {}));
  }

  get containers(): readonly ContainerJson[] {
    const all = this.stacks.flatMap(({ resource }) => Object.values(resource.docker_container ?? {}));
    return all.filter(({ provider }) => provider === undefined);
  }

  private async makeImages(): Promise<void> {
    for (const program of new Set(Object.values(realPrograms))) {
      const root = new RootFolder();
      root.addProgram(program, "/usr/bin/program");
      // A new volume takes over whose the folder is.
      for (const { user = "0:0", volumes = [] } of this.containers.filter(
        ({ name }) => programOf(name) === program,
      )) {
        const [uid, gid] = user.split(":").map(Number);
        for (const { container_path: path } of volumes.filter(isOwn)) root.addFolder(path, uid, gid);
      }
      root.write("/etc/stranger.yml", "route: { receiver: nobody }\nreceivers: [{ name: nobody }]\n");
      await root.import(
        this.engine,
        [imageOf(program)],
        ["ENV PATH=/usr/bin", 'ENTRYPOINT ["/usr/bin/program"]'],
      );
    }
    const root = new RootFolder();
    root.addProgram(process.execPath, "/usr/bin/node");
    root.write("/stand-in.cjs", standIn);
    const run = 'ENTRYPOINT ["/usr/bin/node", "/stand-in.cjs"]';
    await root.import(this.engine, [imageOf("stand-in")], ["ENV PATH=/usr/bin", run]);
  }

  private async makeNetwork({ name, internal = false, ipam_config = [] }: NetworkJson): Promise<void> {
    const [range] = ipam_config;
    await this.engine.docker(
      ...["network", "create", "--driver", "bridge", ...(internal ? ["--internal"] : [])],
      ...(range ? ["--subnet", range.subnet, "--gateway", range.gateway] : []),
      name,
    );
  }

  private async makeContainer(container: ContainerJson): Promise<void> {
    const { name, network_mode, networks_advanced = [], ports = [] } = container;
    const program = programOf(name);
    const listened = [
      ...(this.servicePorts[name] ?? ports.map(({ internal }) => internal)),
      ...(ownPorts[name] ?? []),
    ];
    const published = ports.map(
      ({ ip, external, internal }) => `${ip}:${String(external)}:${String(internal)}`,
    );
    await this.engine.docker(
      ...["create", "--name", name, "--cap-drop", "ALL", "--tmpfs", "/tmp:mode=1777"],
      ...(container.user === undefined ? [] : ["--user", container.user]),
      ...(network_mode === undefined ? [] : ["--network", network_mode]),
      ...(container.pid_mode === undefined ? [] : ["--pid", container.pid_mode]),
      ...(network_mode === "host" ? ["--mount", "type=bind,source=/,target=/rootfs,readonly"] : []),
      ...published.flatMap((each) => ["--publish", each]),
      ...(container.volumes ?? []).filter(isOwn).flatMap(({ container_path: path }) => ["--volume", path]),
      ...(program === undefined
        ? ["--env", `PORTS=${listened.join(",")}`, imageOf("stand-in")]
        : [...(container.env ?? []).flatMap((each) => ["--env", each]), imageOf(program)]),
      ...(program === undefined ? [] : (container.command ?? [])),
    );
    if (network_mode !== "host") await this.engine.docker("network", "disconnect", "bridge", name);
    for (const { name: reference, aliases = [], ipv4_address: address } of networks_advanced) {
      await this.engine.docker(
        ...["network", "connect", ...aliases.flatMap((alias) => ["--alias", alias])],
        ...(address === undefined ? [] : ["--ip", address]),
        ...[this.networkNameOf(reference), name],
      );
    }
    if (program !== undefined) await this.upload(container);
    await this.engine.docker("start", name);
  }

  /** The name of the network whose id a text of Terraform stands for, of this stack or of another. */
  private networkNameOf(reference: string): string {
    const found = this.networks.find(({ name }) => reference.includes(name));
    if (!found) throw new Error(`No network is ${reference}.`);
    return found.name;
  }

  private async upload({ name, upload = [] }: ContainerJson): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), "upload-"));
    try {
      for (const { file, content } of upload) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        writeFileSync(
          join(folder, file),
          fillTemplate(content, (variable) => `http://127.0.0.1/${variable}`),
        );
      }
      await this.engine.docker("cp", `${folder}/.`, `${name}:/`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}

/** The program of this machine that a container runs; undefined where it has a stand-in. */
function programOf(container: string): string | undefined {
  return realPrograms[container.replace(/-\d+$/, "")];
}

/** Whether a volume is mounted elsewhere than at `/tmp`, which each container has in memory here. */
function isOwn({ container_path: path }: { readonly container_path: string }): boolean {
  return path !== "/tmp";
}

/** The image in which a program of this machine is, or the stand-in of all others. */
export function imageOf(program: string): string {
  return `deployed/${program}:1`;
}
