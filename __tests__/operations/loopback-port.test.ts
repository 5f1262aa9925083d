import { createServer, type AddressInfo } from "node:net";
import { assertFreePort, freePort, freePorts, listening } from "../../operations/loopback-port";

it("free ports differ, in one call and from call to call, and nobody listens there", async () => {
  const ports = [...(await freePorts(50)), await freePort(), ...(await freePorts(50))];
  expect(new Set(ports).size).toBe(101);
  for (const port of ports) await expect(assertFreePort(port)).resolves.toBeUndefined();
});

it("free ports are none that connections which go out may have", async () => {
  for (const port of await freePorts(50)) {
    expect(port).toBeGreaterThan(1_023);
    expect(port).toBeLessThan(32_768);
  }
});

it("a port at which somebody listens is no free one", async () => {
  const server = createServer();
  await listening(server, await freePort());
  const { port } = server.address() as AddressInfo;
  await expect(assertFreePort(port)).rejects.toThrow("EADDRINUSE");
  server.close();
});
