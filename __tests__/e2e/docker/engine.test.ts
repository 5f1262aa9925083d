import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { describeWithEngine, DockerEngine } from "../../support/docker-engine";

/** Starts an engine with a network in it, says where, and waits for its end. */
const holder = `
  const { DockerEngine } = require(${JSON.stringify(require.resolve("../../support/docker-engine"))});
  DockerEngine.start().then(async (engine) => {
    const network = await engine.docker("network", "create", "left-behind");
    console.log(JSON.stringify({ pid: engine.pid, socket: engine.host.slice("unix://".length), network }));
    setInterval(() => undefined, 1000);
  });
`;

interface Held {
  readonly pid: number;
  readonly socket: string;
  readonly network: string;
}

jest.setTimeout(120_000);

describeWithEngine("The engine of these tests", () => {
  it("ends with a run that is killed hard, and the next one removes what is left of it", async () => {
    const run = spawn(process.execPath, ["--require", require.resolve("tsx/cjs"), "--eval", holder], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = (await once(createInterface({ input: run.stdout }), "line")) as [string];
    const { pid, socket, network } = JSON.parse(line) as Held;
    const bridge = `/sys/class/net/br-${network.slice(0, 12)}`;
    expect([existsSync(`/proc/${String(pid)}`), existsSync(bridge)]).toEqual([true, true]);

    run.kill("SIGKILL");
    const end = Date.now() + 20_000;
    while (existsSync(`/proc/${String(pid)}`) && Date.now() < end) await sleep(100);
    expect(existsSync(`/proc/${String(pid)}`)).toBe(false);

    const next = await DockerEngine.start();
    try {
      expect([existsSync(dirname(socket)), existsSync(bridge)]).toEqual([false, false]);
    } finally {
      await next.stop();
    }
    expect(existsSync(dirname(next.host.slice("unix://".length)))).toBe(false);
  });
});
