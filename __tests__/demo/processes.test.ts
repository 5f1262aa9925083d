import { readFileSync } from "node:fs";
import { ManagedProcess, stopAll } from "../../demo/processes";
import { until } from "../support/until";

const node = (script: string, more: Partial<ConstructorParameters<typeof ManagedProcess>[0]> = {}) =>
  new ManagedProcess({ name: "child", command: process.execPath, args: ["-e", script], ...more });

/** Whether a process runs; one that has ended but that nobody has asked about (a zombie) does not. */
const isAlive = (pid: number | undefined): boolean => {
  try {
    if (pid === undefined || !process.kill(pid, 0)) return false;
    return process.platform !== "linux" || !/\) Z/.test(readFileSync(`/proc/${String(pid)}/stat`, "utf8"));
  } catch {
    return false;
  }
};

describe("a program that is run", () => {
  it("tells its lines and how it ended", async () => {
    const lines: string[] = [];
    const child = node('console.log("one"); console.error("two"); process.exit(3)', {
      onLine: (line) => lines.push(line),
    });
    expect(await child.exited).toEqual({ code: 3, signal: null });
    expect(lines.sort()).toEqual(["one", "two"]);
    expect(child.isRunning).toBe(false);
  });

  it("sends its first message, or says why not, with its last lines", async () => {
    const good = node(
      'process.send({ type: "other" }); process.send({ type: "listening", port: 7 }); setTimeout(() => {}, 9e3)',
      { ipc: true },
    );
    expect(await good.message<{ type: "listening"; port: number }>("listening", 30_000)).toEqual({
      type: "listening",
      port: 7,
    });
    await good.stop();
    const bad = node('console.error("port in use"); process.exit(1)', { ipc: true });
    await expect(bad.message("listening", 30_000)).rejects.toThrow(
      "child ended with status 1. Its last lines:\nport in use",
    );
    const late = node("setTimeout(() => {}, 9e3)", { ipc: true });
    await expect(late.message("listening", 100)).rejects.toThrow('child sent no "listening" within 0.1 s');
    await late.stop();
  });

  it("says when it cannot be started at all", async () => {
    const child = new ManagedProcess({ name: "nothing", command: "/no/such/program", args: [] });
    await expect(child.healthy("http://127.0.0.1:1/", 1_000)).rejects.toThrow(
      "nothing ended with status 127",
    );
  });

  it("is killed when it does not end by itself", async () => {
    const child = node(
      'process.on("SIGTERM", () => {}); process.send({ type: "deaf" }); setInterval(() => {}, 1e3)',
      { ipc: true },
    );
    await child.message("deaf", 30_000);
    expect((await child.stop(200)).signal).toBe("SIGKILL");
    expect(isAlive(child.pid)).toBe(false);
  });

  it("ends with the others, the last one first", async () => {
    const order: string[] = [];
    const children = ["a", "b"].map((name) => node("setTimeout(() => {}, 9e3)", { name }));
    for (const child of children) void child.exited.then(() => order.push(child.spec.name));
    await stopAll(children);
    expect(order).toEqual(["b", "a"]);
  });

  it("does not outlive the process that started it", async () => {
    const library = require.resolve("../../demo/processes");
    const parent = node(
      `require(${JSON.stringify(require.resolve("tsx/cjs"))});
       const { ManagedProcess } = require(${JSON.stringify(library)});
       const child = new ManagedProcess({ name: "grandchild", command: process.execPath, args: ["-e", "setTimeout(() => {}, 6e4)"] });
       process.on("message", () => { throw new Error("crash"); });
       process.send({ type: "pid", pid: child.pid });`,
      { ipc: true },
    );
    const { pid } = await parent.message<{ type: "pid"; pid: number }>("pid", 30_000);
    expect(isAlive(pid)).toBe(true);
    parent.send("crash");
    expect((await parent.exited).code).not.toBe(0);
    await until(() => !isAlive(pid));
  });
});
