import { createServer, type AddressInfo, type Server } from "node:net";

/** A port of the loopback address that nobody listens at. */
export async function freePort(): Promise<number> {
  const [port = 0] = await freePorts(1);
  return port;
}

/** Different ports of the loopback address that nobody listens at. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listenAt(0)));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map(close));
  return ports;
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
