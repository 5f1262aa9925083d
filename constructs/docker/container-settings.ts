import { z } from "zod";
import { decimal, list, nonEmptyText, text, textThat, wholeNumber } from "../../schema/primitives";

/** Name of a container. A name of one character is none to the engine. */
export const containerName = text(
  /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/,
  "a container's name: 2 or more letters, digits and _ . -, starting with a letter or digit",
);

// The grammar of an image's name, as the engine reads it (github.com/distribution/reference).
const hostPart = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
const registry = `${hostPart}(?:\\.${hostPart})*(?::\\d+)?/`;
const pathPart = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
const repository = `(?:${registry})?${pathPart}(?:/${pathPart})*`;
const tag = "\\w[\\w.-]{0,127}";
const digest = "sha256:[0-9a-f]{64}";

/** An image pinned by a version tag or a digest; `latest` and a missing tag are refused. */
export const pinnedImage = text(
  new RegExp(`^(?=.{3,255}$)${repository}(?:(?::${tag})?@${digest}|:(?!latest$)${tag})$`),
  `an image pinned by a version or a digest, such as "prom/prometheus:v3.13.5"`,
);

/** Dockerfile of an image that the engine builds, unless it is said. */
export const defaultDockerfile = "Dockerfile";

/** Name of an argument of a build, as a Dockerfile's `ARG` has it. */
export const buildArgument = text(/^[A-Za-z_]\w*$/, `a name such as "SERVICE"`);

/** A tebibyte: more is a number of bytes or KiB by mistake. */
const mostMemoryMb = 1_048_576;

/** Length of one CPU accounting period in microseconds, the kernel's default. */
export const cpuPeriod = 100_000;
/** The kernel takes no quota below a millisecond of a period. */
const leastCpus = 1000 / cpuPeriod;

/** What a container may use at most. */
export const limits = z.strictObject({
  /** Memory in MiB; the kernel ends a program that wants more. The engine itself refuses a limit below 6. */
  memoryMb: wholeNumber(6, mostMemoryMb),
  /** CPUs: 0.5 is half of one. */
  cpus: decimal(leastCpus, 1024),
});

/** Size of a folder in memory, in MiB. */
export const memoryFolderMb = wholeNumber(1, mostMemoryMb);

/** Size of a folder in memory, in MiB, unless it is said. */
export const defaultMemoryFolderMb = 64;

/** How the engine learns whether the program in a container works. */
export const healthCheck = z.strictObject({
  /** The program and its arguments, without a shell. */
  command: list(nonEmptyText, 1, 50),
  intervalSeconds: wholeNumber(1).optional(),
  timeoutSeconds: wholeNumber(1).optional(),
  retries: wholeNumber(1).optional(),
  startPeriodSeconds: wholeNumber(0).optional(),
});

/** Why a container has none. */
export const noHealthCheck = z.strictObject({ none: nonEmptyText });

/** Address of the host that nobody reaches but the host itself. */
export const loopback = "127.0.0.1";

/** Address of the host at which ports are published. IPv4 alone, as the networks are. */
export const publishAddress = z.ipv4({ error: `an IPv4 address such as "${loopback}"` });

/** The greatest number of a user or group that the engine takes. */
const greatestId = 2 ** 31 - 1;

function isUser(value: string): boolean {
  const parts = value.split(":");
  const isPart = (part: string) =>
    /^\d{1,10}$/.test(part) ? Number(part) <= greatestId : /^[a-z_][a-z0-9_-]{0,31}$/.test(part);
  return parts.length <= 2 && parts.every(isPart);
}

/** Whom the program in a container runs as: numbers, or names that the image's own `/etc/passwd` has. */
export const user = textThat(
  isUser,
  `a user with or without a group, by number or by name, such as "1000:0"`,
);

/** Files with secrets belong to root and its group, and are read by that group alone. */
export const readerAllowed = `a user with group 0, such as "1000:0", as only that group reads its secrets`;

/** Whether files with secrets can be read by this user; without a group it is the image that says which. */
export function readsSecrets(asUser: string | undefined): boolean {
  return asUser?.endsWith(":0") ?? false;
}

/** Number of the user `nobody`: whom the images of the Prometheus project run as. */
export const nobody = "65534";

/** Folder of the files with secrets. */
export const secretsFolder = "/run/secrets";

/** Absolute path of a file with a secret. */
export const secretPath = text(
  new RegExp(`^${secretsFolder}/[\\w.-]{1,100}$`),
  `a path such as "${secretsFolder}/database-password"`,
);

/** A path from the root, of a container or of the host. */
export const absolutePath = text(/^\//, "an absolute path");

/**
 * Name of a variable. The engine takes any that has no `=`; dots and dashes are for programs that name their settings
 * so, such as Elasticsearch.
 */
export const variableName = text(/^[A-Za-z_][\w.-]{0,99}$/, `a variable's name such as "LOG_LEVEL"`);

/** A namespace of the host that a container shares instead of having its own. */
export const hostNamespace = z.enum(["network", "pid"]);
export const hostNamespaceList = list(hostNamespace, 0, hostNamespace.options.length);

/** A capability in the kernel's spelling. The engine takes others, too, but tells this one, so that every plan differs. */
export const capability = text(
  /^CAP_[A-Z_]+$/,
  "a capability spelt like CAP_NET_BIND_SERVICE, as any other spelling replaces the container at every plan",
);
