import { join } from "node:path";
import { loadEnvironments, type Environment } from "../environments";
import { containerNames } from "../environments/container-names";
import { freePort } from "../operations/loopback-port";
import { byProgram, programNames, type ServiceProgram } from "../services/programs";
import { synthesize } from "../stacks";
import { ManagedProcess } from "./processes";
import { Addresses } from "./addresses";
import { AlertmanagerClient } from "../operations/clients/alertmanager-client";
import { readContainers, type Container } from "./containers";
import { DemoProgram } from "./demo-program";
import { deploymentOfDemo } from "./deployment";
import { executableKinds, otlpHttpPort, type ExecutableName } from "./executables";
import { InboxClient } from "../operations/clients/inbox-client";
import type { AbsentTarget } from "./localize";
import { localUrl, type ServicesOptions } from "./services";
import {
  inboxPorts,
  nodePorts,
  serviceOf,
  startDemoServices,
  startInbox,
  wantedNodePorts,
  type NodePorts,
  type NodeProgramOptions,
} from "./node-programs";
import { findPages, unservedPages, type Page } from "./pages";
import { planExecutables, wantedPorts, type MissingProgram, type PortChoice } from "./plan";
import { assertFree } from "./ports";
import { PrometheusClient } from "../operations/clients/prometheus-client";
import { renderExecutable, type RenderedProgram } from "./render";
import { deploymentNote } from "./running-demo";
import { randomValues, receiverContents } from "./secrets";
import { versionsOf, type ProgramVersion } from "./program-versions";
import { speedUp } from "./speed/speed-up";
import { withWatchedServices, type WatchedService } from "./watched-service";
import { clearLeftovers, Workspace } from "./workspace";

/** How messages call the page that shows the demo. */
const pageName = "the demo's page, where Grafana is while `npm run up` is up";

/** How to start the demo. */
export interface DemoOptions {
  /** Default: the ports that the stacks publish. */
  readonly ports?: PortChoice;
  /**
   * Changes the environment `local` before it is synthesized. What comes out is not checked again, so that tests may
   * have shorter intervals than an environment's file. Default: as it is.
   */
  readonly environment?: (local: Environment) => Environment;
  /** Variables of all services, on top of those of their containers. `FAULT_INJECTION` is on by default. */
  readonly serviceEnv?: Readonly<Record<string, string>>;
  /** Programs in the place of the services' own. Default: none. */
  readonly instead?: ServicesOptions["instead"];
  /** URLs of receivers in place of the inbox's, by the receiver's name. */
  readonly receiverUrls?: Readonly<Record<string, string>>;
  /**
   * Changes a configuration file before its program gets it, such as a file of rules.
   * @param path the one in the container
   */
  readonly edit?: (path: string, text: string) => string;
  /** Flags to replace or add, by program and by the flag's name without dashes. */
  readonly flags?: Readonly<Partial<Record<ExecutableName, Readonly<Record<string, string>>>>>;
  /**
   * How many times faster than deployed all times of the rules, the scrapes and the routes run. Default: 1, as deployed.
   */
  readonly speed?: number;
  /** Programs that do not run though they are installed. Default: none. */
  readonly without?: readonly ExecutableName[];
  /** Services of others to be watched besides. Default: none. */
  readonly watch?: readonly WatchedService[];
  /** Whether whoever starts the demo serves a page that shows it: a port is kept for that. Default: no. */
  readonly page?: boolean;
  /** Gets each line that a program prints. */
  readonly onLine?: (program: string, line: string) => void;
}

/** The system, running. */
export interface Demo {
  /** The environment that it runs, as it was synthesized: its times are those of the deployed system. */
  readonly environment: Environment;
  /** How many times faster than deployed it runs. */
  readonly speed: number;
  /** Folder of its files, which is gone when it has stopped, with the file systems that are mounted below it. */
  readonly folder: string;
  /** Port that is kept for the page that shows it; undefined where there is none. */
  readonly pagePort: number | undefined;
  /** Services of others that are watched besides. */
  readonly watched: readonly WatchedService[];
  /** All programs; they are stopped in the reverse order. */
  readonly programs: readonly DemoProgram[];
  /** What runs in place of the images, and how its version differs from theirs. */
  readonly versions: readonly ProgramVersion[];
  /** What the programs show where, by their container's name. */
  readonly pages: Readonly<Record<string, readonly Page[]>>;
  /** Programs that would run if they were installed. */
  readonly missing: readonly MissingProgram[];
  /** Targets of Prometheus's configuration that are not here. */
  readonly absent: readonly AbsentTarget[];
  /** Addresses of the services, without a slash at their end. */
  readonly serviceUrls: Readonly<Record<ServiceProgram, string>>;
  /** Addresses at which the services' metrics are, without their path. */
  readonly metricsUrls: Readonly<Record<ServiceProgram, string>>;
  readonly inbox: InboxClient;
  /** Undefined where it is missing. */
  readonly prometheus: PrometheusClient | undefined;
  /** Where spans are taken, by OTLP over HTTP; undefined where Jaeger is missing. */
  readonly otlpUrl: string | undefined;
  /** One or more, none where it is missing. */
  readonly alertmanagers: readonly AlertmanagerClient[];
  /**
   * A program by its container's name.
   * @throws Error for one that does not run here
   */
  program(name: string): DemoProgram;
  /** Ends all programs and removes all files. */
  stop(): Promise<void>;
}

/**
 * Starts the services, the inbox, and what of Prometheus, Alertmanager, Jaeger, node-exporter and the blackbox exporter is installed, with the
 * configuration that the stacks of `local` render, and waits until all are ready. They end with this process.
 * @throws Error when a port is taken or a program does not come up. Nothing keeps running then.
 */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  await clearLeftovers();
  const workspace = Workspace.create();
  const programs: DemoProgram[] = [];
  const stop = async () => {
    for (const program of [...programs].reverse()) await program.stop();
    workspace.remove();
  };
  try {
    const demo = { ...(await start(options, workspace, programs)), programs, stop };
    workspace.leave(deploymentNote, JSON.stringify(deploymentOfDemo(demo)));
    return demo;
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  options: DemoOptions,
  workspace: Workspace,
  programs: DemoProgram[],
): Promise<Omit<Demo, "programs" | "stop">> {
  const {
    ports: choice = "published",
    onLine = () => undefined,
    speed = 1,
    watch = [],
    without = [],
  } = options;
  const environment = environmentOf(options);
  const containers = synthesizedContainers(environment, workspace);
  const { edit, flags } = spedUp(options, environment);
  const node: NodeProgramOptions = {
    ports: await nodePorts(containers, environment, choice),
    onLine,
    onStart: (pid) => {
      workspace.note(pid);
    },
    ...(options.instead && { instead: options.instead }),
  };
  const plan = await planExecutables(
    containers,
    choice,
    wantedNodePorts(node.ports).map(({ port }) => port),
    executableKinds.filter(({ name }) => !without.includes(name)),
  );
  const pagePort = options.page === true ? await pagePortOf(environment, choice) : undefined;
  if (choice === "published") {
    const page = pagePort === undefined ? [] : [{ port: pagePort, program: pageName }];
    await assertFree([...page, ...wantedNodePorts(node.ports), ...wantedPorts(plan)]);
  }

  const addresses = new Addresses(containers);
  for (const name of programNames) {
    const { port, metricsPort = port } = serviceOf(name, environment);
    addresses.add(name, port, node.ports.services[name]);
    addresses.add(name, metricsPort, metricsPortHere(node.ports, name));
  }
  addresses.add(containerNames.inbox, inboxPorts.http, node.ports.inbox);
  addresses.add(containerNames.inbox, inboxPorts.smtp, node.ports.smtp);
  for (const { name, host, port } of watch) {
    addresses.set(`${name}:${String(port)}`, `${host}:${String(port)}`);
  }
  // Messages link to dashboards where Grafana is published.
  if (pagePort !== undefined) {
    addresses.set(new URL(environment.grafana.url).host, `127.0.0.1:${String(pagePort)}`);
  }
  for (const { container, ports } of plan.executables) {
    for (const [internal, port] of ports) addresses.add(container.name, internal, port);
  }

  const render = {
    addresses,
    variable: randomValues(),
    contents: receiverContents(environment, options.receiverUrls ?? {}),
    edit,
    folder: join(workspace.folder, "containers"),
  };
  const rendered = plan.executables.map((executable) => ({
    ...executable,
    ...renderExecutable(executable, { ...render, flags: flags[executable.kind.name] ?? {} }),
  }));
  const launch = async ({ spec, url, kind }: (typeof rendered)[number]) => {
    const onItsLine = (line: string) => {
      onLine(spec.name, line);
    };
    const process = new ManagedProcess({ ...spec, onLine: onItsLine });
    node.onStart(process.pid);
    const program = new DemoProgram(process, url, kind.readyPath, node.onStart);
    programs.push(program);
    await program.ready();
  };
  const startingServices = startDemoServices(node, containers, addresses, {
    ...cheapServices,
    ...options.serviceEnv,
  }).then((services) => {
    programs.unshift(...services);
  });
  // Prometheus is last: a service that it scrapes before it listens is down, and at a high speed that is soon told.
  const launching = rendered.map(async (each) => {
    if (each.kind.name === "prometheus") await startingServices;
    await launch(each);
  });
  // After those whose pages it links to.
  const findingPages = Promise.all(launching).then(() => findPages(plan));
  const startingInbox = findingPages.then((found) => {
    const inbox = startInbox(node, {
      runbooksUrl: environment.runbooksUrl,
      // The demo's page takes Grafana's place, and says of a dashboard that it cannot show how it is come by.
      unservedUrls: [
        ...(pagePort === undefined ? [environment.grafana.url] : []),
        ...unservedPages(plan, found),
      ],
    });
    programs.splice(programs.length - rendered.length, 0, inbox);
    return inbox.ready();
  });
  const starting = [startingServices, ...launching, startingInbox];
  // Each is awaited, so that none starts after a failure of another has stopped the rest.
  const [failed] = (await Promise.allSettled(starting)).filter(({ status }) => status === "rejected");
  if (failed?.status === "rejected") throw failed.reason;

  const urlsOf = (name: ExecutableName) =>
    plan.executables.filter(({ kind }) => kind.name === name).map(({ url }) => url);
  const [prometheusUrl] = urlsOf("prometheus");
  const otlpPort = plan.executables.find(({ kind }) => kind.name === "jaeger")?.ports.get(otlpHttpPort);
  return {
    environment,
    speed,
    folder: workspace.folder,
    pagePort,
    watched: watch,
    versions: versionsOf(plan),
    pages: await findingPages,
    missing: plan.missing,
    absent: rendered.flatMap(({ absent }) => absent),
    serviceUrls: byProgram((name) => localUrl(node.ports.services[name])),
    metricsUrls: byProgram((name) => localUrl(metricsPortHere(node.ports, name))),
    inbox: new InboxClient(localUrl(node.ports.inbox)),
    prometheus:
      prometheusUrl === undefined ? undefined : new PrometheusClient(prometheusUrl, countOf(rendered)),
    otlpUrl: otlpPort === undefined ? undefined : localUrl(otlpPort),
    alertmanagers: urlsOf("alertmanager").map((url) => new AlertmanagerClient(url)),
    program: (name) => {
      const program = programs.find((each) => each.name === name);
      if (!program) throw new Error(`No program "${name}" runs here.`);
      return program;
    },
  };
}

/** Where a service's metrics are here. */
function metricsPortHere({ services, metrics }: NodePorts, name: ServiceProgram): number {
  return metrics[name] ?? services[name];
}

/**
 * What the services do cheaper here than in production: the accounts are made up, and no load balancer has to notice
 * that one ends.
 */
const cheapServices = {
  PASSWORD_COST: "12",
  PASSWORD_PARALLELIZATION: "1",
  SHUTDOWN_DRAIN_MS: "0",
  FAULT_INJECTION: "on",
  LOG_LEVEL: "warn",
};

function environmentOf(options: DemoOptions): Environment {
  const [local] = loadEnvironments("local");
  if (!local) throw new Error("There is no environment local.");
  const environment = options.environment?.(local) ?? local;
  return withWatchedServices(atInbox(environment), options.watch ?? []);
}

/** Receivers call the inbox, whatever services an environment has them call. */
function atInbox(environment: Environment): Environment {
  const inbox = `http://${containerNames.inbox}:${String(inboxPorts.http)}`;
  return { ...environment, alerting: { inbox, ...environment.alerting } };
}

/** Where Grafana is published, as links lead there, or a free port. */
async function pagePortOf({ grafana }: Environment, choice: PortChoice): Promise<number> {
  return choice === "free" ? freePort() : grafana.hostPort;
}

/** Changes of files and flags that the options ask for, and those that the speed takes. */
function spedUp({ speed = 1, edit, flags }: DemoOptions, environment: Environment) {
  const faster = speedUp(speed, environment);
  const names = executableKinds.map(({ name }) => name);
  return {
    edit: (path: string, text: string) => faster.edit(path, edit?.(path, text) ?? text),
    flags: Object.fromEntries(names.map((name) => [name, { ...faster.flags[name], ...flags?.[name] }])),
  };
}

function synthesizedContainers(environment: Environment, { folder }: Workspace): Container[] {
  const outdir = join(folder, "cdktf.out");
  synthesize([environment], outdir);
  return readContainers(outdir);
}

function countOf(programs: readonly RenderedProgram[]): number {
  return programs.reduce((sum, { targets }) => sum + targets, 0);
}
