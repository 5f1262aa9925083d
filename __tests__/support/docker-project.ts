import { execFile } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { DockerEngine } from "./docker-engine";
import { makeBaseImage } from "./docker-node-image";
import { makeStandIn, type WantedContainer } from "./docker-stand-ins";
import { freePort } from "../../operations/loopback-port";
import type { ProjectCopy } from "./project-copy";

/** A container as a synthesized stack describes it, as far as the tests read it. */
export interface SynthesizedContainer extends WantedContainer {
  readonly name: string;
  /** Whether the engine builds the image. */
  readonly isBuilt: boolean;
}

/** How a command of the project ended, and all that it printed. */
export interface CommandResult {
  readonly status: number;
  readonly output: string;
}

/** Another machine of the environment, on whose engine the stack starts exporters. */
export interface OtherMachine {
  readonly name: string;
  /** One that has a port. */
  readonly engine: DockerEngine;
  /** At which its exporters listen at the engine's address. */
  readonly nodeExporterPort: number;
  readonly cadvisorPort: number;
}

interface StackJson {
  readonly resource?: {
    readonly docker_image?: Readonly<Record<string, { name: string; build?: object }>>;
    readonly docker_container?: Readonly<
      Record<
        string,
        {
          name: string;
          provider?: string;
          image: string;
          user?: string;
          healthcheck?: { test: string[] };
          entrypoint?: string[];
          volumes?: { container_path: string }[];
        }
      >
    >;
  };
  readonly variable?: Readonly<Record<string, unknown>>;
}

const stackNames = ["e2e-docker", "e2e-alertmanager"];
const published = ["prometheus", "grafana", "alertmanager", "jaeger", "moto", "inbox", "gateway"] as const;
type Ports = Readonly<Record<(typeof published)[number], number>>;

/** What a test may change of its environment. */
export interface Changes {
  /** Threshold of one alert, and so one line of Prometheus's rule files. Default 0.01. */
  readonly errorRatioWarning?: number;
  readonly images?: Readonly<Record<string, string>>;
  /** When critical alerts are told again, of one route. Default: as in `local`. */
  readonly criticalRepeatInterval?: string;
  /** Whether names on the engine have no prefix. Default: they have. */
  readonly names?: "plain";
}

/** The ranges of the networks of an environment on an engine, as its file has them. */
export function subnetsOf({ ownSubnets: [management, monitoring, alertmanagers] }: DockerEngine): string {
  return `managementSubnet: "${management}", monitoringSubnet: "${monitoring}", alertmanagerSubnet: "${alertmanagers}"`;
}

/** The project in a folder of its own with one more environment, `e2e`: that of `local`, on an engine of the tests. */
export class DockerProject {
  private constructor(
    private readonly copy: ProjectCopy,
    private readonly engine: DockerEngine,
    private readonly others: readonly OtherMachine[],
    /** Ports of the loopback address at which programs are published. */
    readonly ports: Ports,
    /** Values of the sensitive variables, by the variable's name. */
    readonly secrets: Record<string, string> = {},
  ) {}

  static async create(
    copy: ProjectCopy,
    engine: DockerEngine,
    others: readonly OtherMachine[] = [],
  ): Promise<DockerProject> {
    const free: Record<string, number> = {};
    for (const name of published) free[name] = await freePort();
    const project = new DockerProject(copy, engine, others, free as Ports);
    const root = resolve(__dirname, "../..");
    for (const name of [".dockerignore", "package-lock.json"])
      cpSync(join(root, name), join(copy.folder, name));
    copy.edit("environments/index.ts", "= { local,", "= { e2e, local,");
    copy.edit(
      "environments/index.ts",
      'import { dev } from "./dev";',
      'import { dev } from "./dev";\nimport { e2e } from "./e2e";',
    );
    project.change({});
    await project.synthesize();
    for (const stack of stackNames) {
      for (const name of Object.keys(project.read(stack).variable ?? {})) {
        project.secrets[name] = `value-of-${name}-that-nobody-may-see`;
      }
    }
    return project;
  }

  /** Writes the environment's file, as somebody would who changes it. */
  change({ errorRatioWarning = 0.01, images = {}, criticalRepeatInterval = "1h", names }: Changes): void {
    const { prometheus, grafana, alertmanager, jaeger, moto, inbox, gateway } = this.ports;
    const machines = this.others.map(({ engine, ...other }) => ({
      ...other,
      address: engine.address,
      engine: engine.tcpHost,
    }));
    const text = `
      import type { EnvironmentInput } from "./environment";
      import { local } from "./local";

      export const e2e: EnvironmentInput = {
        ...local,
        name: "e2e",
        docker: { host: "${this.engine.host}", ${subnetsOf(this.engine)}${names === undefined ? "" : `, names: "${names}"`} },
        machines: { ...local.machines, others: ${JSON.stringify(machines)} },
        images: ${JSON.stringify(images)},
        aws: { ...local.aws, emulatorUrl: "http://127.0.0.1:${String(moto)}" },
        prometheus: { ...local.prometheus, hostPort: ${String(prometheus)} },
        grafana: { ...local.grafana, hostPort: ${String(grafana)} },
        alerting: {
          ...local.alerting,
          hostPort: ${String(alertmanager)},
          routes: local.alerting.routes.map((route) =>
            route.severity === "critical" ? { ...route, repeatInterval: "${criticalRepeatInterval}" } : route,
          ),
          thresholds: { errorRatioWarning: ${String(errorRatioWarning)} },
        },
        jaeger: { hostPort: ${String(jaeger)} },
        moto: { hostPort: ${String(moto)} },
        inbox: local.inbox && { ...local.inbox, hostPort: ${String(inbox)} },
        services: local.services.map((service) => ({
          ...service,
          ...(service.hostPort !== undefined && { hostPort: ${String(gateway)} }),
        })),
      };
    `;
    writeFileSync(join(this.copy.folder, "environments", "e2e.ts"), text);
  }

  /** Runs `npm run <operation>` for both stacks, without a question. */
  run(operation: "deploy" | "diff" | "destroy", ...options: readonly string[]): Promise<CommandResult> {
    return this.npm([operation, "--", ...stackNames, ...(operation === "diff" ? [] : ["--yes"]), ...options]);
  }

  /** Runs another command of the project for the environment: `npm run <command> -- e2e …`. */
  command(command: "backup" | "restore", ...options: readonly string[]): Promise<CommandResult> {
    return this.npm([command, "--", "e2e", ...options]);
  }

  async synthesize(): Promise<void> {
    const { status, output } = await this.npm(["synth"], { ENVIRONMENT: "e2e" });
    if (status !== 0) throw new Error(output);
  }

  /**
   * The containers of both stacks, as they were last synthesized.
   * @param machine whose they are. Default: those of the stack's own engine
   */
  containers(machine?: string): SynthesizedContainer[] {
    const wanted = machine === undefined ? undefined : `docker.${machine}`;
    return stackNames.flatMap((stack) => {
      const { docker_container: containers = {}, docker_image: images = {} } =
        this.read(stack).resource ?? {};
      const onMachine = Object.values(containers).filter(({ provider }) => provider === wanted);
      return onMachine.map(({ name, image, user, healthcheck, entrypoint, volumes = [] }) => {
        const { name: tag, build } = images[/docker_image\.([^.]+)\./.exec(image)?.[1] ?? ""] ?? { name: "" };
        return {
          name,
          image: tag,
          healthCheck: healthcheck?.test.slice(1) ?? [],
          ...(entrypoint && { entrypoint }),
          volumes: volumes.map(({ container_path }) => container_path),
          ...(user !== undefined && { user }),
          isBuilt: build !== undefined,
        };
      });
    });
  }

  /** Makes the images that the stacks would pull: stand-ins, and the base of those that the engine builds. */
  async prepareImages(): Promise<void> {
    await makeBaseImage(this.engine);
    for (const wanted of this.containers().filter(({ isBuilt }) => !isBuilt)) {
      await makeStandIn(this.engine, wanted);
    }
    for (const { name, engine } of this.others) {
      for (const wanted of this.containers(name)) await makeStandIn(engine, wanted);
    }
  }

  private read(stack: string): StackJson {
    const path = join(this.copy.folder, "cdktf.out", "stacks", stack, "cdk.tf.json");
    return JSON.parse(readFileSync(path, "utf8")) as StackJson;
  }

  private npm(
    args: readonly string[],
    variables: Readonly<Record<string, string>> = {},
  ): Promise<CommandResult> {
    const secrets = Object.entries(this.secrets).map(([name, value]) => [`TF_VAR_${name}`, value]);
    const env = { ...process.env, ...variables, ...(Object.fromEntries(secrets) as Record<string, string>) };
    const options = { cwd: this.copy.folder, env, timeout: 600_000, maxBuffer: 64 * 1024 * 1024 };
    return new Promise((done) => {
      execFile("npm", ["run", "--silent", ...args], options, (error, stdout, stderr) => {
        const status = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
        const killed = error?.killed === true ? "\n(ended after its time limit)" : "";
        done({ status, output: stripVTControlCharacters(`${stdout}${stderr}${killed}`) });
      });
    });
  }
}
