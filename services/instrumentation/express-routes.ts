import type { IncomingMessage } from "node:http";

/** A path as Express takes it. */
type Path = string | RegExp | readonly Path[];

interface Route {
  readonly path: Path;
  readonly methods: Readonly<Record<string, boolean | undefined>>;
}

/** One entry of a router. */
interface Layer {
  readonly route?: Route;
  readonly handle: { readonly stack?: readonly Layer[] };
  /** Where it is mounted; not there before version 2.3 of the package `router`. */
  readonly rawPath?: Path;
  readonly slash?: boolean;
  match(path: string): { readonly path: string } | boolean;
}

interface Router {
  readonly stack: readonly Layer[];
}

interface Application {
  readonly router: Router;
  readonly parent?: Application;
  readonly mountpath: Path;
}

/** A request of Express 5, of which its types are not needed. */
export interface ExpressRequest extends IncomingMessage {
  readonly app?: Application;
  readonly route?: Route;
  readonly baseUrl?: string;
}

/** A way to a route. */
interface Way {
  readonly route: Route;
  readonly template: string;
  /** The layers under which its router is mounted, the outermost first. */
  readonly mounts: readonly Layer[];
}

const waysTo = new WeakMap<Route, readonly Way[]>();

/**
 * The template of the last route that matched a request: the paths under which its routers are mounted, and its own, as
 * they were given to Express. A path that is not known is `/*`.
 */
export function expressRouteOf({ app, route, baseUrl = "" }: ExpressRequest): string | undefined {
  if (!route) return undefined;
  if (!waysTo.has(route)) {
    const all = app ? waysIn(app) : [];
    for (const each of [...all.map((way) => way.route), route]) {
      waysTo.set(
        each,
        all.filter((way) => way.route === each),
      );
    }
  }
  const ways = waysTo.get(route) ?? [];
  const way = ways.length > 1 ? ways.find(({ mounts }) => leadsTo(mounts, baseUrl)) : ways[0];
  return way?.template ?? joined(baseUrl === "" ? "" : "/*", route.path);
}

/** The routes of an application with their methods, as far as they can be read beforehand. */
export function expressRoutes(app: Application): { method: string; route: string }[] {
  return waysIn(app).flatMap(({ route, template }) =>
    Object.keys(route.methods)
      .filter((method) => method !== "_all")
      .map((method) => ({ method: method.toUpperCase(), route: template })),
  );
}

function waysIn(app: Application): Way[] {
  return waysBelow(app.router, prefixOf(app), []);
}

function prefixOf({ parent, mountpath }: Application): string {
  return parent ? mountedAt(prefixOf(parent), mountpath) : "";
}

function waysBelow({ stack }: Router, prefix: string, mounts: readonly Layer[]): Way[] {
  return stack.flatMap((layer) => {
    const { route, handle } = layer;
    if (route) return [{ route, template: joined(prefix, route.path), mounts }];
    // A router within itself has no end.
    if (!handle.stack || mounts.includes(layer)) return [];
    const path = layer.slash === true ? "/" : (layer.rawPath ?? "/*");
    return waysBelow({ stack: handle.stack }, mountedAt(prefix, path), [...mounts, layer]);
  });
}

/** Whether the layers match what stands before a route's own path, one after the other. */
function leadsTo(mounts: readonly Layer[], baseUrl: string): boolean {
  let rest = baseUrl;
  for (const layer of mounts) {
    const match = layer.match(rest === "" ? "/" : rest);
    if (typeof match === "boolean") return false;
    rest = rest.slice(match.path.replace(/\/$/, "").length);
  }
  return rest === "";
}

function mountedAt(prefix: string, path: Path): string {
  return `${prefix}${textOf(path)}`.replace(/\/+$/, "");
}

function joined(prefix: string, path: Path): string {
  const text = textOf(path);
  return prefix !== "" && text === "/" ? prefix : `${prefix}${text}`;
}

function textOf(path: Path): string {
  if (typeof path === "string") return path.startsWith("/") || path.startsWith("{") ? path : `/${path}`;
  return path instanceof RegExp ? String(path) : path.map(textOf).join("|");
}
