import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { freePort } from "../../operations/loopback-port";
import { readStackContents } from "../../operations/terraform/stack-contents";
import { readSynthesizedStacks } from "../../operations/terraform/synth-output";
import { loadEnvironments } from "./environments";
import type { DockerEngine } from "./docker-engine";
import type { CommandResult } from "./docker-project";
import { makeStandIn, type WantedContainer } from "./docker-stand-ins";
import { makeGrafana, makeMoto } from "./local-images";
import type { ProjectCopy } from "./project-copy";
import type { RequiredProvider } from "./provider";
import { synthesizeEnvironments } from "./synth";

const programs = ["prometheus", "grafana", "alertmanager", "jaeger", "moto", "inbox", "gateway"] as const;
type Ports = Readonly<Record<(typeof programs)[number], number>>;

interface ContainerJson {
  readonly name: string;
  readonly image: string;
  readonly user?: string;
  readonly env?: readonly string[];
  readonly healthcheck: { readonly test: readonly string[] };
  readonly volumes?: readonly { readonly container_path: string }[];
}

interface StackJson {
  readonly terraform: { readonly required_providers: Readonly<Record<string, RequiredProvider>> };
  readonly resource?: {
    readonly docker_image?: Readonly<Record<string, { readonly name: string }>>;
    readonly docker_container?: Readonly<Record<string, ContainerJson>>;
  };
}

/** The providers that the stacks of `local` need, by their names there. */
export function providersOfLocal() {
  const providers = [...synthesizeEnvironments(loadEnvironments("local"))]
    .filter(([path]) => path.endsWith("/cdk.tf.json"))
    .map(([, text]) => (JSON.parse(text) as StackJson).terraform.required_providers);
  return Object.assign({}, ...providers) as Record<"aws" | "docker" | "grafana", RequiredProvider>;
}

/** A command of the project that runs. */
export interface RunningCommand {
  readonly child: ChildProcess;
  /** What it has printed so far. */
  readonly output: () => string;
  readonly ended: Promise<CommandResult>;
}

/**
 * The project in a folder of its own whose environment `local` is on an engine of the tests, at free ports. Its images
 * are stand-ins, those of the services too: that these are built and run is tested elsewhere.
 */
export class LocalProject {
  private constructor(
    private readonly copy: ProjectCopy,
    private readonly engine: DockerEngine,
    /** Ports of the loopback address at which programs are published. */
    readonly ports: Ports,
  ) {}

  /** @param awsVersion version of the AWS provider that there is, in place of the pinned one */
  static async create(copy: ProjectCopy, engine: DockerEngine, awsVersion: string): Promise<LocalProject> {
    const free: Record<string, number> = {};
    for (const name of programs) free[name] = await freePort();
    const project = new LocalProject(copy, engine, free as Ports);
    renameSync(project.path("environments/local.ts"), project.path("environments/original.ts"));
    project.change({});
    copy.edit(
      "stacks/cloudwatch-stack.ts",
      "useStateBackend(this, environment);",
      `useStateBackend(this, environment);
       this.addOverride("terraform.required_providers.aws.version", ${JSON.stringify(awsVersion)});`,
    );
    const { status, output } = await project.run("synth").ended;
    if (status !== 0) throw new Error(output);
    return project;
  }

  /** Writes the environment's file, as somebody would who changes it. */
  change({ images = {} }: { readonly images?: Readonly<Record<string, string>> }): void {
    const { prometheus, grafana, alertmanager, jaeger, moto, inbox, gateway } = this.ports;
    const at = (port: number) => `http://127.0.0.1:${String(port)}`;
    // Subnets that no other run of the tests has at the same time.
    const subnet = (index: number) => `10.215.${String(process.pid % 256)}.${String(16 * index)}/28`;
    const text = `
      import type { EnvironmentInput } from "./environment";
      import { local as original } from "./original";

      const image = (name: string) => ({ image: \`stand-in/\${name}:1\`, build: undefined });

      export const local: EnvironmentInput = {
        ...original,
        docker: {
          host: "${this.engine.host}",
          managementSubnet: "${subnet(0)}",
          monitoringSubnet: "${subnet(1)}",
        },
        images: ${JSON.stringify(images)},
        aws: { ...original.aws, emulatorUrl: "${at(moto)}" },
        prometheus: { ...original.prometheus, url: "${at(prometheus)}", hostPort: ${String(prometheus)} },
        grafana: { ...original.grafana, url: "${at(grafana)}", hostPort: ${String(grafana)} },
        alerting: { ...original.alerting, url: "${at(alertmanager)}", hostPort: ${String(alertmanager)} },
        jaeger: { hostPort: ${String(jaeger)} },
        moto: { hostPort: ${String(moto)} },
        inbox: { ...image("inbox"), hostPort: ${String(inbox)} },
        services: original.services.map((service) => ({
          ...service,
          ...image(service.name),
          ...(service.hostPort !== undefined && { hostPort: ${String(gateway)} }),
        })),
      };
    `;
    writeFileSync(this.path("environments/local.ts"), text);
  }

  /** Starts `npm run <command>`, without a secret in its environment, in a process group of its own. */
  run(command: "synth" | "up" | "down", ...args: readonly string[]): RunningCommand {
    const inherited = Object.entries(process.env).filter(
      ([name]) => !/^(?:TF_VAR_|AWS_|DOCKER_|ENVIRONMENT$|CDKTF_)/.test(name),
    );
    const child = spawn("npm", ["run", "--silent", command, "--", ...args], {
      cwd: this.copy.folder,
      detached: true,
      env: { ...Object.fromEntries(inherited), ...(command === "synth" && { ENVIRONMENT: "local" }) },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let printed = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => (printed += text));
    }
    const output = () => stripVTControlCharacters(printed);
    const ended = once(child, "close").then(([status]) => ({
      status: (status as number | null) ?? -1,
      output: output(),
    }));
    return { child, output, ended };
  }

  /** Makes the images of all containers: the real moto, and stand-ins. */
  async prepareImages(): Promise<void> {
    for (const wanted of this.containers()) {
      if (wanted.name === "local-moto") await makeMoto(this.engine, wanted);
      else if (wanted.name === "local-grafana") await makeGrafana(this.engine, wanted);
      else await makeStandIn(this.engine, wanted);
    }
  }

  /** The containers of the stacks, as they were last synthesized. */
  containers(): (WantedContainer & { readonly name: string })[] {
    return this.stackFiles().flatMap(({ json: { resource = {} } }) => {
      const { docker_container: containers = {}, docker_image: images = {} } = resource;
      return Object.values(containers).map(({ name, image, user, healthcheck, env = [], volumes = [] }) => {
        const [, ...command] = healthcheck.test;
        // The services' own check knows the port by itself: a stand-in is told it.
        const port = env.find((each) => each.startsWith("PORT="))?.slice("PORT=".length) ?? "3000";
        return {
          name,
          image: images[/docker_image\.([^.]+)\./.exec(image)?.[1] ?? ""]?.name ?? "",
          healthCheck: command[0] === "node" ? ["node", `http://127.0.0.1:${port}/health/live`] : command,
          volumes: volumes.map(({ container_path }) => container_path),
          ...(user !== undefined && { user }),
        };
      });
    });
  }

  /** Names of the volumes of all stacks. */
  volumes(): string[] {
    return this.stackFiles().flatMap(({ contents }) => contents.volumes);
  }

  path(name: string): string {
    return join(this.copy.folder, name);
  }

  /** How many resources each stack has, by its name. */
  resources(): Map<string, number> {
    return new Map(this.stackFiles().map(({ contents: { stack } }) => [stack.name, stack.resources]));
  }

  private stackFiles() {
    const outdir = this.path("cdktf.out");
    const stacks = readSynthesizedStacks(outdir).filter(({ name }) => name.startsWith("local-"));
    return stacks.map((stack) => ({
      contents: readStackContents(stack),
      json: JSON.parse(readFileSync(join(stack.folder, "cdk.tf.json"), "utf8")) as StackJson,
    }));
  }
}
