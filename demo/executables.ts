import { findProgram } from "../operations/find-program";
import { queryGrpcPort } from "./localize-jaeger";
import { isAtLeast, parseVersion, versionOf, type Version } from "./versions";

/** A program of others that the demo runs where it is installed. */
export interface ExecutableKind {
  /** As the image is called, without registry and owner. */
  readonly name: ExecutableName;
  /** What it is called on PATH; the first that will do is taken. */
  readonly commands: readonly string[];
  /** Port at which it listens in its container: that of its pages or its API. */
  readonly port: number;
  /** Where it listens besides, where its configuration file says so and no flag does. */
  readonly listensBesides?: OtherPorts;
  /** Path that answers when it is ready. */
  readonly readyPath: string;
  /** The oldest version that understands the configuration; empty where any does, and none is asked. */
  readonly oldest: Version;
  /** What people look for in it, and the paths at which one version or another shows it, its API last. */
  readonly shows: Readonly<Record<string, readonly string[]>>;
  /** Where an older version than one that is deployed does something else, as a sentence. */
  readonly changes: readonly { readonly since: Version; readonly before: string }[];
  /** How to get it, as a sentence. */
  readonly install: string;
}

/** Ports of a container besides that of its API. */
export interface OtherPorts {
  /** For programs on this machine: they are the same here. */
  readonly open: readonly number[];
  /** For the demo's own programs: any port will do here. */
  readonly inner: readonly number[];
}

/** Where `.ci/install-programs` puts programs, as it says itself. */
const programsFolder =
  process.env.PROGRAMS_FOLDER !== undefined
    ? "$PROGRAMS_FOLDER/bin"
    : `${process.env.XDG_CACHE_HOME !== undefined ? "$XDG_CACHE_HOME" : "~/.cache"}/microservices-monitoring/programs/bin`;

/** Name of such a program. */
export type ExecutableName = "prometheus" | "alertmanager" | "node-exporter" | "blackbox-exporter" | "jaeger";

const installed = (name: string, elsewhere: string) =>
  `With Go: .ci/install-programs ${name} puts it into ${programsFolder} and prints the line that puts that on the PATH; ` +
  `without: ${elsewhere}`;

/** Port at which Jaeger takes spans by OTLP over HTTP in its container. */
export const otlpHttpPort = 4318;

/** The programs, in the order of their start. */
export const executableKinds: readonly ExecutableKind[] = [
  {
    name: "jaeger",
    commands: ["jaeger"],
    port: 16686,
    // OTLP by gRPC and by HTTP; and its own metrics, those of calls, its health.
    listensBesides: { open: [4317, otlpHttpPort], inner: [queryGrpcPort, 8888, 8889, 13133] },
    readyPath: "/api/services",
    // The oldest that is tested.
    oldest: [2, 13],
    shows: { traces: ["/search", "/api/services"] },
    changes: [],
    install: installed("jaeger", "https://www.jaegertracing.io/download/"),
  },
  {
    name: "node-exporter",
    commands: ["node_exporter", "prometheus-node-exporter"],
    port: 9100,
    readyPath: "/",
    oldest: [1, 0],
    shows: {},
    changes: [],
    install: installed("node_exporter", "https://prometheus.io/download/#node_exporter"),
  },
  {
    name: "blackbox-exporter",
    commands: ["blackbox_exporter", "prometheus-blackbox-exporter"],
    port: 9115,
    readyPath: "/-/healthy",
    // The oldest that is tested.
    oldest: [0, 23],
    shows: {},
    changes: [],
    // There is no Go module of it.
    install:
      "With Debian: apt-get install prometheus-blackbox-exporter; without: https://prometheus.io/download/#blackbox_exporter",
  },
  {
    name: "alertmanager",
    commands: ["alertmanager", "prometheus-alertmanager"],
    port: 9093,
    readyPath: "/-/ready",
    oldest: [0, 28],
    shows: { "alerts and silences": ["/", "/api/v2/alerts"] },
    changes: [],
    install: installed("alertmanager", "https://prometheus.io/download/#alertmanager"),
  },
  {
    name: "prometheus",
    commands: ["prometheus"],
    port: 9090,
    readyPath: "/-/ready",
    // For `keep_firing_for`.
    oldest: [2, 42],
    shows: {
      targets: ["/targets", "/classic/targets", "/api/v1/targets"],
      alerts: ["/alerts", "/classic/alerts", "/api/v1/alerts"],
    },
    changes: [
      {
        since: [3],
        before: "Its ranges take in a sample on their left edge, so rates and alerts differ a little.",
      },
    ],
    install: installed("prometheus", "https://prometheus.io/download/"),
  },
];

/** Where a program is and its version, if it tells one; or why none can be used. */
export type FoundExecutable =
  { readonly path: string; readonly version: string | undefined } | { readonly missing: string };

/** What must be known of a program to look for it. */
export type WantedExecutable = Pick<ExecutableKind, "commands" | "oldest" | "install">;

/** Looks for a program that is new enough on PATH. */
export function findExecutable({ commands, oldest, install }: WantedExecutable): FoundExecutable {
  const tooOld: string[] = [];
  for (const command of commands) {
    const path = findProgram(command);
    if (path === undefined) continue;
    const version = oldest.length > 0 ? versionOf(path) : undefined;
    const numbers = version === undefined ? undefined : parseVersion(version);
    if (numbers === undefined || isAtLeast(numbers, oldest)) return { path, version };
    tooOld.push(`${path} is ${version ?? ""}, too old: ${oldest.join(".")} or newer is needed.`);
  }
  const reason = tooOld.length > 0 ? tooOld.join(" ") : `There is no ${commands.join(" or ")} on the PATH.`;
  return { missing: `${reason} ${install}` };
}
