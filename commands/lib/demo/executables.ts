import { spawnSync } from "node:child_process";
import { findProgram } from "../find-program";

/** A program of others that the demo runs where it is installed. */
export interface ExecutableKind {
  /** As the image is called, without registry and owner. */
  readonly name: ExecutableName;
  /** What it is called on PATH; the first that will do is taken. */
  readonly commands: readonly string[];
  /** Port at which it listens in its container. */
  readonly port: number;
  /** Path that answers when it is ready. */
  readonly readyPath: string;
  /** The oldest version that understands the configuration. */
  readonly oldest: readonly [major: number, minor: number];
  /** How to get it, as a sentence. */
  readonly install: string;
}

/** Name of such a program. */
export type ExecutableName = "prometheus" | "alertmanager" | "node-exporter";

/** The programs, in the order of their start. */
export const executableKinds: readonly ExecutableKind[] = [
  {
    name: "node-exporter",
    commands: ["node_exporter", "prometheus-node-exporter"],
    port: 9100,
    readyPath: "/",
    oldest: [1, 0],
    install:
      "Debian and Ubuntu: apt-get install prometheus-node-exporter; macOS: brew install node_exporter; elsewhere: https://prometheus.io/download/#node_exporter",
  },
  {
    name: "alertmanager",
    commands: ["alertmanager", "prometheus-alertmanager"],
    port: 9093,
    readyPath: "/-/ready",
    oldest: [0, 28],
    install:
      "With Go: go install github.com/prometheus/alertmanager/cmd/alertmanager@v0.28.1; elsewhere: https://prometheus.io/download/#alertmanager",
  },
  {
    name: "prometheus",
    commands: ["prometheus"],
    port: 9090,
    readyPath: "/-/ready",
    oldest: [2, 40],
    install:
      "Debian and Ubuntu: apt-get install prometheus; macOS: brew install prometheus; elsewhere: https://prometheus.io/download/",
  },
];

/** Where a program is, or why none can be used. */
export type FoundExecutable = { readonly path: string } | { readonly missing: string };

/** Looks for a program that is new enough on PATH. */
export function findExecutable({ commands, oldest, install }: ExecutableKind): FoundExecutable {
  const tooOld: string[] = [];
  for (const command of commands) {
    const path = findProgram(command);
    if (path === undefined) continue;
    const version = versionOf(path);
    // One built by `go install` tells no version.
    if (version === undefined || isAtLeast(version, oldest)) return { path };
    tooOld.push(`${path} is ${version.join(".")}, too old: ${oldest.join(".")} or newer is needed.`);
  }
  const reason = tooOld.length > 0 ? tooOld.join(" ") : `There is no ${commands.join(" or ")} on the PATH.`;
  return { missing: `${reason} ${install}` };
}

function versionOf(path: string): readonly [major: number, minor: number] | undefined {
  const { stdout, stderr } = spawnSync(path, ["--version"], { encoding: "utf8", timeout: 10_000 });
  const match = /version v?(\d+)\.(\d+)/.exec(`${stdout}${stderr}`);
  return match ? [Number(match[1]), Number(match[2])] : undefined;
}

function isAtLeast([major, minor]: readonly [number, number], oldest: readonly [number, number]): boolean {
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}
