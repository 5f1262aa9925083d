import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isIP } from "node:net";
import { type NamedContainer, ownNameOf } from "./own-name";
import type { SynthesizedStack } from "./synth-output";

/** A container as a stack describes it. */
export interface ContainerContents {
  /** Its name on the engine. */
  readonly name: string;
  /** Its name on its networks. */
  readonly ownName: string;
  /** Ports of the engine's host that it takes. */
  readonly ports: readonly PublishedPort[];
  /** Memory limit in MiB; 0 where there is none. */
  readonly memoryMb: number;
}

/** A port of the engine's host. */
export interface PublishedPort {
  readonly address: string;
  readonly port: number;
  /** False where a program on the host's own network listens itself. */
  readonly byEngine: boolean;
}

/** An image as a stack describes it: to be pulled, or, with a `build`, to be made from a Dockerfile. */
export interface ImageContents {
  readonly name: string;
  readonly build?: {
    /** Path of the Dockerfile. */
    readonly dockerfile: string;
    /** Arguments of the build. */
    readonly args: Readonly<Record<string, string>>;
  };
}

/** A variable that has no default. */
export interface VariableContents {
  readonly name: string;
  /** What it is, in words. */
  readonly description: string;
}

/** A Terraform provider as a stack requires it. */
export interface ProviderContents {
  readonly source: string;
  readonly version: string;
}

/** The Docker engine of another machine. */
export interface MachineEngineContents {
  /** Name of the machine. */
  readonly machine: string;
  /** Address of its engine. */
  readonly host: string;
  /** Whether the stack makes nothing there, as on a machine on its way out. */
  readonly isEmpty: boolean;
}

/** What a synthesized stack needs and makes, as far as the commands must know it before Terraform runs. */
export interface StackContents {
  readonly stack: SynthesizedStack;
  readonly containers: readonly ContainerContents[];
  readonly images: readonly ImageContents[];
  /** Names of its networks. */
  readonly networks: readonly string[];
  /** Names of its volumes. */
  readonly volumes: readonly string[];
  readonly variables: readonly VariableContents[];
  readonly providers: readonly ProviderContents[];
  /** Address of its Docker engine, where it uses one. Containers, images, networks and volumes are of this one. */
  readonly dockerHost?: string;
  /** The engines of other machines, where it uses some. */
  readonly otherEngines: readonly MachineEngineContents[];
  /** URLs at which its providers reach what they configure, e.g. Grafana's. */
  readonly endpoints: readonly URL[];
  /** Whether its provider or its state's backend takes credentials of AWS from its surroundings. */
  readonly needsAwsCredentials: boolean;
  /** The oldest Terraform that it takes, e.g. `1.10.0`. */
  readonly terraformVersion?: string;
}

type Block = Readonly<Record<string, unknown>>;

interface StackJson {
  readonly terraform?: {
    readonly required_version?: string;
    readonly required_providers?: Readonly<Record<string, { source: string; version: string }>>;
    readonly backend?: Readonly<Record<string, unknown>>;
  };
  readonly provider?: Readonly<Record<string, readonly Block[]>>;
  readonly variable?: Readonly<Record<string, { default?: unknown; description?: string }>>;
  readonly resource?: {
    readonly docker_container?: Readonly<Record<string, ContainerJson>>;
    readonly docker_image?: Readonly<Record<string, ImageJson>>;
    readonly docker_network?: Readonly<Record<string, OnProvider & { readonly name: string }>>;
    readonly docker_volume?: Readonly<Record<string, OnProvider & { readonly name: string }>>;
  };
}

/** A resource names its provider where that is not the one without an alias. */
interface OnProvider {
  readonly provider?: string;
}

interface ContainerJson extends OnProvider, NamedContainer {
  readonly memory?: number;
  readonly network_mode?: string;
  readonly command?: readonly string[];
  readonly ports?: readonly { readonly external?: number; readonly ip?: string }[];
}

interface BuildJson {
  readonly context: string;
  readonly dockerfile?: string;
  readonly build_args?: Readonly<Record<string, string>>;
}

interface ImageJson extends OnProvider {
  readonly name: string;
  readonly build?: BuildJson | readonly BuildJson[];
}

/** Reads what is in a stack from the file that synth wrote for it. */
export function readStackContents(stack: SynthesizedStack): StackContents {
  const json = JSON.parse(readFileSync(join(stack.folder, "cdk.tf.json"), "utf8")) as StackJson;
  const { terraform = {}, provider = {}, variable = {}, resource = {} } = json;
  const blocks = Object.values(provider).flat();
  const engines = provider.docker ?? [];
  const dockerHost = engines.find(({ alias }) => alias === undefined)?.host;
  const used = new Set(Object.values(resource.docker_container ?? {}).map((each) => each.provider));
  const otherEngines = engines
    .filter(({ alias }) => alias !== undefined)
    .map(({ alias, host }) => ({
      machine: String(alias),
      host: String(host),
      isEmpty: !used.has(`docker.${String(alias)}`),
    }));
  const usesAws = (provider.aws ?? []).some((block) => block.access_key === undefined);
  const terraformVersion = /^>= (\d+\.\d+\.\d+)$/.exec(terraform.required_version ?? "")?.[1];
  return {
    stack,
    containers: onEngine(resource.docker_container).map(containerContents),
    images: onEngine(resource.docker_image).map((image) => imageContents(image, stack)),
    networks: onEngine(resource.docker_network).map(({ name }) => name),
    volumes: onEngine(resource.docker_volume).map(({ name }) => name),
    variables: stack.variables.map((name) => ({ name, description: variable[name]?.description ?? name })),
    providers: Object.values(terraform.required_providers ?? {}),
    ...(typeof dockerHost === "string" && { dockerHost }),
    otherEngines,
    endpoints: blocks.flatMap(endpointsOf),
    needsAwsCredentials: usesAws || terraform.backend?.s3 !== undefined,
    ...(terraformVersion !== undefined && { terraformVersion }),
  };
}

/** Whether a URL leads to a port that the containers of a stack publish: the stack must be there before the URL answers. */
export function answersAt({ containers }: StackContents, url: URL): boolean {
  const port = Number(url.port === "" ? (url.protocol === "https:" ? 443 : 80) : url.port);
  const isHere = url.hostname === "localhost" || isIP(url.hostname) !== 0;
  return isHere && containers.some(({ ports }) => ports.some((published) => published.port === port));
}

/** Those of a stack's own engine: a provider with an alias, `docker.db`, is that of another machine. */
function onEngine<T extends OnProvider>(resources: Readonly<Record<string, T>> = {}): T[] {
  return Object.values(resources).filter(({ provider = "docker" }) => !provider.includes("."));
}

function containerContents(json: ContainerJson): ContainerContents {
  const { name, memory = 0, ports = [], ...rest } = json;
  const published = ports.flatMap(({ external, ip = "0.0.0.0" }) =>
    external === undefined ? [] : [{ address: ip, port: external, byEngine: true }],
  );
  return {
    name,
    ownName: ownNameOf(json),
    memoryMb: memory,
    ports: rest.network_mode === "host" ? listened(rest.command) : published,
  };
}

/** What a container on the host's own network listens at, as its `--web.listen-address` or the like says. */
function listened(command: readonly string[] = []): PublishedPort[] {
  return command.flatMap((option) => {
    const match = /listen-address=(.*):(\d+)$/.exec(option);
    return match ? [{ address: match[1] || "0.0.0.0", port: Number(match[2]), byEngine: false }] : [];
  });
}

function imageContents({ name, build }: ImageJson, { folder }: SynthesizedStack): ImageContents {
  const first = Array.isArray(build) ? (build as readonly BuildJson[])[0] : (build as BuildJson | undefined);
  if (!first) return { name };
  const { context, dockerfile = "Dockerfile", build_args: args = {} } = first;
  // Terraform runs in the stack's folder and replaces `path.module`, `path.root` and `path.cwd` by ".".
  const place = context.replace(/\$\{path\.(?:module|root|cwd)\}/, ".");
  const path = place.startsWith("/") ? place : join(folder, place);
  return { name, build: { dockerfile: join(path, dockerfile), args } };
}

function endpointsOf({ url, endpoints }: Block): URL[] {
  const blocks = Array.isArray(endpoints) ? (endpoints as readonly Block[]) : [];
  const texts = new Set([url, ...blocks.flatMap((block) => Object.values(block))]);
  return [...texts].flatMap((text) =>
    typeof text === "string" && URL.canParse(text) ? [new URL(text)] : [],
  );
}
