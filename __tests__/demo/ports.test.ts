import { createServer, type Server } from "node:net";
import { once } from "node:events";
import { assertFree } from "../../demo/ports";
import { freePort } from "../../operations/loopback-port";

describe("the ports of the demo", () => {
  let server: Server;
  let taken: number;
  beforeAll(async () => {
    taken = await freePort();
    server = createServer().listen(taken, "127.0.0.1");
    await once(server, "listening");
  });
  afterAll(() => {
    server.close();
  });

  it("are refused all at once where they are taken, with what to do", async () => {
    const free = await freePort();
    const wanted = [
      { port: taken, program: "prometheus" },
      { port: free, program: "inbox" },
      { port: taken, program: "alertmanager" },
    ];
    await expect(assertFree(wanted)).rejects.toThrow(
      new RegExp(
        `^Ports are taken:\n  ${String(taken)}, of prometheus: taken by .+\n  ${String(taken)}, of alertmanager: taken by .+\nStop what is there, or take free ports: npm run demo -- --free-ports$`,
      ),
    );
  });

  it("are fine where they are free", async () => {
    await expect(assertFree([{ port: await freePort(), program: "inbox" }])).resolves.toBeUndefined();
  });
});
