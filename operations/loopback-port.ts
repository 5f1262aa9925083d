import { randomInt } from "node:crypto";
import { createServer, type Server } from "node:net";

/**
 * Where free ports are looked for: below those that systems give to connections that go out (from 32768 on Linux, from
 * 49152 elsewhere), one of which could take a port before its program listens there.
 */
const lowest = 10_000;
const highest = 32_768;

/** A port of the loopback address that nobody listens at. */
export async function freePort(): Promise<number> {
  const [port = 0] = await freePorts(1);
  return port;
}

/** Different ports of the loopback address that nobody listens at, and that this process was not given of late. */
export async function freePorts(count: number): Promise<number[]> {
  const found: number[] = [];
  while (found.length < count) {
    const port = randomInt(lowest, highest);
    if (given.has(port) || !(await isFree(port))) continue;
    found.push(port);
    given.add(port);
    if (given.size > mostGiven) given.clear();
  }
  return found;
}

/** What was given, and may not be listened at yet. */
const given = new Set<number>();
const mostGiven = (highest - lowest) / 2;

async function isFree(port: number): Promise<boolean> {
  try {
    await assertFreePort(port);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") return false;
    throw error;
  }
}

/** @throws Error of the system (`EADDRINUSE`) when a port of the loopback address is taken */
export async function assertFreePort(port: number): Promise<void> {
  await close(await listenAt(port));
}

async function listenAt(port: number): Promise<Server> {
  const server = createServer();
  await listening(server, port);
  return server;
}

/**
 * Lets a server listen on the loopback address.
 * @param port 0 takes a free one
 * @throws Error of the system (`EADDRINUSE`) when the port is taken
 */
export function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}
