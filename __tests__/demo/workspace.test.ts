import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { identify, isAlive } from "../../demo/process-identity";
import { clearLeftovers, demoOf, Workspace } from "../../demo/workspace";

const prefix = join(tmpdir(), "microservices-monitoring-demo-");
const children: ChildProcess[] = [];

/** A process that does nothing, and how it is told from others. */
function sleeper() {
  const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60_000)"], { stdio: "ignore" });
  children.push(child);
  const identity = identify(child.pid ?? 0);
  if (!identity) throw new Error("The process did not start.");
  return identity;
}

/** A folder as a demo that was killed leaves it. */
function leftover(record: object | undefined): string {
  const folder = mkdtempSync(prefix);
  if (record) writeFileSync(join(folder, "processes.json"), JSON.stringify(record));
  mkdirSync(join(folder, "containers"));
  return folder;
}

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

describe("the folder of a demo", () => {
  it("is its owner's alone, and knows which demo has started a process", () => {
    const workspace = Workspace.create();
    try {
      expect(statSync(workspace.folder).mode & 0o777).toBe(0o700);
      const child = sleeper();
      workspace.note(child.pid);
      expect(demoOf(child.pid)).toBe(process.pid);
      expect(demoOf(1)).toBeUndefined();
    } finally {
      workspace.remove();
    }
    expect(existsSync(workspace.folder)).toBe(false);
  });
});

describe("a start after a demo that was killed", () => {
  const gone = { pid: 2 ** 22 + 1, started: "1" };

  it("ends its processes and removes its folder", async () => {
    const child = sleeper();
    const folder = leftover({ owner: gone, children: [child] });
    await clearLeftovers();
    expect(isAlive(child)).toBe(false);
    expect(existsSync(folder)).toBe(false);
  });

  it("lets a later process with the same id be", async () => {
    const child = sleeper();
    const folder = leftover({ owner: gone, children: [{ ...child, started: "0" }] });
    await clearLeftovers();
    expect(isAlive(child)).toBe(true);
    expect(existsSync(folder)).toBe(false);
  });

  it("lets a demo that runs be, and a folder that is just being made", async () => {
    const child = sleeper();
    const workspace = Workspace.create();
    const fresh = leftover(undefined);
    try {
      workspace.note(child.pid);
      await clearLeftovers();
      expect(isAlive(child)).toBe(true);
      expect([existsSync(workspace.folder), existsSync(fresh)]).toEqual([true, true]);
    } finally {
      workspace.remove();
      rmSync(fresh, { recursive: true });
    }
  });
});
