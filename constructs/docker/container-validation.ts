import { Token } from "cdktf";
import type { MonitoredContainerProps } from "./container-options";

const pinned = /(?:@sha256:[0-9a-f]{64}|:(?!latest$)[A-Za-z0-9_][A-Za-z0-9_.-]*)$/;
const validName = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

/** @throws Error that names the container and every option of it that is refused */
export function assertContainerOptions(props: MonitoredContainerProps): void {
  const problems = [
    ...identityProblems(props),
    ...networkProblems(props),
    ...healthProblems(props),
    ...limitProblems(props),
    ...portProblems(props),
    ...fileProblems(props),
    ...capabilityProblems(props),
  ];
  if (problems.length > 0) {
    throw new Error(`Container "${props.name}":\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
  }
}

function identityProblems({ name, image }: MonitoredContainerProps): string[] {
  const tag = typeof image === "string" ? image : image.name;
  return [
    ...(validName.test(name) ? [] : [`the name must match ${String(validName)}`]),
    ...(Token.isUnresolved(tag) || pinned.test(tag)
      ? []
      : [`the image "${tag}" must be pinned by a tag other than "latest" or by a digest`]),
  ];
}

function networkProblems({ networks, hostNamespaces, ports = [] }: MonitoredContainerProps): string[] {
  if (hostNamespaces?.includes("network")) {
    return [
      ...(networks.length === 0 ? [] : ["with the host's network it can be on no other"]),
      ...(ports.length === 0 ? [] : ["with the host's network it can publish no port"]),
    ];
  }
  return networks.length > 0 ? [] : ["it must be on at least one network"];
}

function healthProblems({ healthCheck }: MonitoredContainerProps): string[] {
  const { command, intervalSeconds, timeoutSeconds, retries, startPeriodSeconds } = healthCheck;
  return [
    ...(command.length > 0 ? [] : ["healthCheck.command must name a program"]),
    ...atLeast("healthCheck.intervalSeconds", intervalSeconds, 1),
    ...atLeast("healthCheck.timeoutSeconds", timeoutSeconds, 1),
    ...atLeast("healthCheck.retries", retries, 1),
    ...atLeast("healthCheck.startPeriodSeconds", startPeriodSeconds, 0),
  ];
}

function atLeast(option: string, value: number | undefined, least: number): string[] {
  return value === undefined || (Number.isSafeInteger(value) && value >= least)
    ? []
    : [`${option} is ${String(value)}, but must be a whole number of ${String(least)} or more`];
}

function limitProblems({ limits }: MonitoredContainerProps): string[] {
  return [
    ...atLeast("limits.memoryMb", limits.memoryMb, 6),
    ...(Number.isFinite(limits.cpus) && limits.cpus >= 0.01
      ? []
      : [`limits.cpus is ${String(limits.cpus)}, but must be 0.01 or more`]),
  ];
}

function portProblems({ ports = [] }: MonitoredContainerProps): string[] {
  return ports
    .flatMap(({ container, host }) => [container, host])
    .filter((port) => !Number.isSafeInteger(port) || port < 1 || port > 65535)
    .map((port) => `ports: ${String(port)} is no port, which is 1 to 65535`);
}

function fileProblems(props: MonitoredContainerProps): string[] {
  const { files = [], tmpfs = [], volumes = [], hostPaths = [], devices = [], user, writableRoot } = props;
  const mounted = [...files, ...volumes, ...hostPaths, ...tmpfs].map(({ path }) => path);
  return [
    ...mounted
      .filter((path) => !path.startsWith("/"))
      .map((path) => `"${path}" must be an absolute path in the container`),
    ...[...hostPaths.map(({ host }) => host), ...devices]
      .filter((path) => !path.startsWith("/"))
      .map((path) => `"${path}" must be an absolute path of the host`),
    ...(writableRoot === false && files.length > 0
      ? ["writableRoot cannot be false with files: the engine puts no file into a read-only container"]
      : []),
    ...files.flatMap(({ path }) =>
      tmpfs
        .filter((mount) => path === mount.path || path.startsWith(`${mount.path.replace(/\/$/, "")}/`))
        .map((mount) => `the file ${path} would be hidden by the tmpfs at ${mount.path}`),
    ),
    ...tmpfs.flatMap(({ path, sizeMb }) => atLeast(`the size of ${path}`, sizeMb, 1)),
    ...files
      .filter(({ secret }) => secret === true && !/^\d+:0$/.test(user ?? ""))
      .map(({ path }) => `the secret ${path} needs a user with group 0, such as "65534:0", to be readable`),
  ];
}

function capabilityProblems({ capabilities = [] }: MonitoredContainerProps): string[] {
  return capabilities.flatMap(({ name, reason }) => [
    ...(/^CAP_[A-Z_]+$/.test(name)
      ? []
      : [
          `the capability "${name}" must be spelt like CAP_NET_BIND_SERVICE, or every plan replaces the container`,
        ]),
    ...(reason.trim() === "" ? [`the capability "${name}" needs a reason`] : []),
  ]);
}
