import { parse, stringify } from "yaml";
import type { Addresses } from "./addresses";
import type { Container } from "./containers";
import { localPath } from "./localize";

/** Port of its API by gRPC in its container. Nobody asks it. */
export const queryGrpcPort = 16685;

/** A part of the file. */
type Tree = Readonly<Record<string, unknown>>;

/** Jaeger's configuration with the addresses at which it listens, and its folders, resolved. */
export function localizeJaeger(
  text: string,
  addresses: Addresses,
  container: Container,
  root: string,
): string {
  const resolve = (port: number | string) => addresses.resolve(`${container.name}:${String(port)}`);
  const localized = (tree: Tree): Tree =>
    Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, valueOf(key, value)]));
  const valueOf = (key: string, value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((each: unknown) => valueOf(key, each));
    if (key === "endpoint" && typeof value === "string") {
      return resolve(value.slice(value.lastIndexOf(":") + 1)) ?? value;
    }
    if (typeof value === "string") return localPath(value, container, root) ?? value;
    if (!isTree(value)) return value;
    const own = localized(value);
    if (typeof own.host !== "string" || typeof own.port !== "number") return own;
    const [host, port] = resolve(own.port)?.split(":") ?? [];
    return port === undefined ? own : { ...own, host, port: Number(port) };
  };
  return stringify(localized(parse(text) as Tree));
}

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null;
}
