import type { DockerEngine } from "./docker-engine";

/** A port at which something listens, for whoever has a way to it. */
export interface Listener {
  /** Whose it is: a container's name, or `host`. */
  readonly owner: string;
  readonly port: number;
}

/** A way that is open: a listener with the address at which it was reached. */
export interface OpenWay extends Listener {
  readonly address: string;
  /** What HTTP says there: the status of `GET /`, or `no HTTP`. */
  readonly http: string;
}

/** The name of what listens on the engine's host itself. */
export const host = "host";

/** Tries every address with a connection, and every one that takes it with a request; prints those that took it. */
const attempt = `
const net = require("node:net");
const http = require("node:http");
const connects = ({ address, port }) => new Promise((done) => {
  const socket = net.connect({ host: address, port, timeout: 1500 });
  const end = (open) => { socket.destroy(); done(open); };
  socket.once("connect", () => end(true)).once("error", () => end(false)).once("timeout", () => end(false));
});
const answers = ({ address, port }) => new Promise((done) => {
  const request = http.get({ host: address, port, path: "/", timeout: 3000 }, (response) => {
    response.resume();
    done(String(response.statusCode));
  });
  request.once("timeout", () => request.destroy()).once("error", () => done("no HTTP"));
});
(async () => {
  const ways = JSON.parse(process.argv[1]);
  const open = [];
  await Promise.all(ways.map(async (way) => {
    if (await connects(way)) open.push({ ...way, http: await answers(way) });
  }));
  console.log(JSON.stringify(open));
})();
`;

/** What a program prints that is run by Node in the network of a container, or of the host. */
export async function inNetwork(
  engine: DockerEngine,
  container: string | undefined,
  script: string,
  ...args: readonly string[]
): Promise<string> {
  return (await engine.runOnHost([process.execPath, "--eval", script, "--", ...args], container)).trim();
}

/** All ports at which something listens: in a container at another address than its loopback, on the host at any. */
export async function listenersOf(engine: DockerEngine, containers: readonly string[]): Promise<Listener[]> {
  const all: Listener[] = [];
  for (const owner of [...containers, host]) {
    const command = ["ss", "--tcp", "--listening", "--numeric", "--no-header"];
    const listing = await engine.runOnHost(command, owner === host ? undefined : owner);
    const ports = listing.split("\n").flatMap((line) => {
      const [, , , local = ""] = line.trim().split(/\s+/);
      const [, address = "", port] = /^(.*):(\d+)$/.exec(local) ?? [];
      const isInner = /^(?:127\.|\[::1\])/.test(address);
      return port === undefined || (isInner && owner !== host) ? [] : [Number(port)];
    });
    all.push(...[...new Set(ports)].map((port) => ({ owner, port })));
  }
  return all;
}

/** Addresses of a container on its networks, and of the host on each of them, by who has them. */
export async function addressesOf(
  engine: DockerEngine,
  containers: readonly string[],
  networks: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const map = new Map<string, readonly string[]>();
  for (const name of containers) {
    const format = "{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}";
    const found = await engine.docker("inspect", "--format", format, name);
    map.set(
      name,
      found.split(" ").filter((address) => address.includes(".")),
    );
  }
  const gateways = await engine.docker(
    ...["network", "inspect", "--format", "{{range .IPAM.Config}}{{.Gateway}}{{end}}", ...networks],
  );
  map.set(
    host,
    gateways.split("\n").filter((address) => address.includes(".")),
  );
  return map;
}

/**
 * What can be reached from a container: each listener at each of its owner's addresses, whether a network is in common or
 * not.
 */
export async function openWays(
  engine: DockerEngine,
  from: string,
  listeners: readonly Listener[],
  addresses: ReadonlyMap<string, readonly string[]>,
): Promise<OpenWay[]> {
  const ways = listeners
    .filter(({ owner }) => owner !== from)
    .flatMap((listener) =>
      (addresses.get(listener.owner) ?? []).map((address) => ({ ...listener, address })),
    );
  return JSON.parse(await inNetwork(engine, from, attempt, JSON.stringify(ways))) as OpenWay[];
}

/** Ways as lines of a table: who, at which ports, and what HTTP says there. */
export function tableOf(from: string, ways: readonly OpenWay[]): string {
  const lines = new Map<string, Set<string>>();
  for (const { owner, port, http } of ways) {
    lines.set(owner, (lines.get(owner) ?? new Set()).add(`${String(port)} (${http})`));
  }
  const rows = [...lines].sort(([a], [b]) => a.localeCompare(b));
  return [
    `from ${from}:`,
    ...rows.map(([owner, ports]) => `  ${owner.padEnd(20)} ${[...ports].sort().join(", ")}`),
  ].join("\n");
}
