import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type NamedContainer, ownNameOf } from "../operations/terraform/own-name";
import { readSynthesizedStacks } from "../operations/terraform/synth-output";
import { imageVersion } from "./versions";

/** A container as a stack describes it, as far as a program outside of Docker can be run alike. */
export interface Container {
  /** Its DNS name on its networks. */
  readonly name: string;
  /** What leads to it on one of its networks alone: further names, and addresses. */
  readonly alsoAt: readonly string[];
  /** Image without registry, owner and version: `prometheus` of `prom/prometheus:v3.13.5`. */
  readonly program: string;
  /** Version of its image, without `v`; undefined where its tag is none. */
  readonly version: string | undefined;
  /** Arguments of the program. */
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Files put into it, by their path: texts of Terraform, to be filled in by `fillTemplate`. */
  readonly files: Readonly<Record<string, string>>;
  /** Folders in it: those of its own by undefined, those of the host by their path there. */
  readonly folders: Readonly<Record<string, string | undefined>>;
  readonly ports: readonly PublishedPort[];
  /** Whether it is on the host's own network. */
  readonly onHostNetwork: boolean;
}

/** A port of a container and where the host publishes it. */
export interface PublishedPort {
  readonly internal: number;
  readonly external: number;
  readonly ip: string;
}

interface ContainerJson extends NamedContainer {
  readonly image: string;
  readonly command?: readonly string[];
  readonly env?: readonly string[];
  readonly upload?: readonly { readonly file: string; readonly content?: string }[];
  readonly volumes?: readonly { readonly container_path?: string; readonly host_path?: string }[];
  readonly mounts?: readonly { readonly type: string; readonly target: string; readonly source?: string }[];
  readonly tmpfs?: Readonly<Record<string, string>>;
  readonly ports?: readonly { readonly internal: number; readonly external?: number; readonly ip?: string }[];
  readonly network_mode?: string;
  readonly networks_advanced?: readonly {
    readonly aliases?: readonly string[];
    readonly ipv4_address?: string;
  }[];
}

interface StackJson {
  readonly resource?: {
    readonly docker_container?: Readonly<Record<string, ContainerJson>>;
    readonly docker_image?: Readonly<Record<string, { readonly name: string }>>;
  };
}

/** All containers of the stacks in a synthesized folder. */
export function readContainers(outdir: string): Container[] {
  return readSynthesizedStacks(outdir).flatMap(({ folder }) => {
    const { resource } = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as StackJson;
    const images = resource?.docker_image ?? {};
    return Object.values(resource?.docker_container ?? {}).map((json) => containerOf(json, images));
  });
}

function containerOf(json: ContainerJson, images: Readonly<Record<string, { readonly name: string }>>) {
  const id = /^\$\{docker_image\.([^.}]+)\./.exec(json.image)?.[1];
  const image = (id === undefined ? undefined : images[id]?.name) ?? json.image;
  const container: Container = {
    name: ownNameOf(json),
    alsoAt: (json.networks_advanced ?? []).flatMap(({ aliases = [], ipv4_address: address }) => [
      ...aliases,
      ...(address === undefined ? [] : [address]),
    ]),
    program: /([^/:@]+)(?:[:@][^/]*)?$/.exec(image)?.[1] ?? image,
    version: imageVersion(image),
    command: json.command ?? [],
    environment: Object.fromEntries((json.env ?? []).map((line) => splitOnce(line, "="))),
    files: Object.fromEntries((json.upload ?? []).map(({ file, content = "" }) => [file, content])),
    folders: foldersOf(json),
    ports: (json.ports ?? []).flatMap(({ internal, external, ip = "0.0.0.0" }) =>
      external === undefined ? [] : [{ internal, external, ip }],
    ),
    onHostNetwork: json.network_mode === "host",
  };
  return container;
}

function foldersOf({ upload = [], volumes = [], mounts = [], tmpfs = {} }: ContainerJson) {
  return {
    ...Object.fromEntries(upload.map(({ file }) => [dirname(file), undefined])),
    ...Object.fromEntries(Object.keys(tmpfs).map((path) => [path, undefined])),
    ...Object.fromEntries(volumes.map(({ container_path = "", host_path }) => [container_path, host_path])),
    ...Object.fromEntries(
      mounts.map(({ type, target, source }) => [target, type === "bind" ? source : undefined]),
    ),
  };
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

/** The addresses that a container's flags let it listen at, such as those of `--web.listen-address`. */
export function listenAddresses({ command }: Container) {
  return command.flatMap((argument) => {
    const [, flag = "", host = "", port] = /^--([^=]*listen-address)=(.*):(\d+)$/.exec(argument) ?? [];
    return port === undefined ? [] : [{ flag, host, port: Number(port) }];
  });
}

/**
 * A text of Terraform's JSON as Terraform would fill it in.
 * @param variable gives the value of a variable
 * @throws Error for what only Terraform can tell, such as an attribute of a resource
 */
export function fillTemplate(text: string, variable: (name: string) => string): string {
  return text.replace(/([$%])\1\{|\$\{([^}]*)\}/g, (whole, sign: string | undefined, reference = "") => {
    if (sign !== undefined) return `${sign}{`;
    const name = /^var\.([\w-]+)$/.exec(String(reference))?.[1];
    if (name === undefined) throw new Error(`Only Terraform can fill in ${whole}.`);
    return variable(name);
  });
}
