import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Manifest } from "../../../operations/backup/manifest";
import { describeWithEngine, DockerEngine } from "../../support/docker-engine";
import { KeptData } from "../../support/kept-data";
import { projectCopies } from "../../support/project-copy";
import { until } from "../../support/until";

const makeCopy = projectCopies();

jest.setTimeout(600_000);

/** Each test goes on where the one before it ended. */
describeWithEngine("A backup and a restore of programs that run, on a real engine", () => {
  let engine: DockerEngine;
  let kept: KeptData;
  let folder: string;
  const names = ["alertmanager", "alertmanager-2", "grafana", "prometheus"];
  const backups = () => readdirSync(join(folder, "backups")).sort();
  const only = () => join(folder, "backups", backups()[0] ?? "");
  const manifestOf = (backup: string) =>
    JSON.parse(readFileSync(join(backup, "manifest.json"), "utf8")) as Manifest;
  const backup = (...more: string[]) =>
    kept.command("backup", "e2e", "--to", join(folder, "backups"), ...more);
  const restore = (from: string, ...more: string[]) =>
    kept.command("restore", "e2e", "--from", from, "--yes", ...more);
  const allRun = () => Promise.all(names.map((name) => kept.isIn(name, "running")));
  /** What there was before the backup that the tests restore. */
  let before: {
    time: number;
    scrapes: number | undefined;
    parcels: number | undefined;
    silences: string[][];
  };
  const samples = async (time: number) => ({
    scrapes: await kept.sampleOf('count_over_time(up{job="prometheus"}[10m])', time),
    parcels: await kept.sampleOf("sum(count_over_time(parcels_total[12h]))", time),
  });

  beforeAll(async () => {
    engine = await DockerEngine.start();
    folder = mkdtempSync(join(tmpdir(), "backup-"));
    kept = await KeptData.create(engine, makeCopy());
    await kept.addBlock();
    await kept.start();
  });
  afterAll(async () => {
    kept?.remove();
    await engine?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("is taken while they write, is its owner's alone, and leaves nothing behind", async () => {
    await kept.silence("while it is mended");
    await until(async () => (await kept.silences()).every(({ length }) => length === 1));
    for (const name of ["overview", "orders", "machines"]) await kept.star(name);
    await until(async () => ((await samples(Date.now() / 1000)).scrapes ?? 0) > 15);
    const time = Date.now() / 1000;
    before = { time, ...(await samples(time)), silences: await kept.silences() };
    expect(before.parcels).toBe(120);

    const { status, output } = await backup().ended;
    expect([status, output]).toEqual([0, expect.stringContaining("npm run restore -- e2e --from")]);
    const { parts } = manifestOf(only());
    expect(parts.map(({ name }) => name).sort()).toEqual(names);
    console.log(
      parts
        .map(({ name, bytes, pausedMs }) => `${name}: ${String(bytes)} bytes, paused ${String(pausedMs)} ms`)
        .join("\n"),
    );
    for (const { pausedMs } of parts) expect(pausedMs).toBeGreaterThan(0);
    expect(statSync(only()).mode & 0o777).toBe(0o700);
    expect(readdirSync(only()).map((name) => statSync(join(only(), name)).mode & 0o777)).toEqual(
      Array<number>(5).fill(0o600),
    );
    expect([await allRun(), await kept.leftovers()]).toEqual([Array(4).fill(true), []]);
  });

  it("of Prometheus is a database that promtool reads", () => {
    const data = join(folder, "read");
    mkdirSync(data);
    execFileSync("tar", ["-xf", join(only(), "prometheus.tar"), "-C", data]);
    const list = execFileSync("promtool", ["tsdb", "list", join(data, ".snapshot")], { encoding: "utf8" });
    expect(list.trim().split("\n").length).toBeGreaterThan(1);
    const dump = execFileSync(
      "promtool",
      ["tsdb", "dump", "--match", "parcels_total", join(data, ".snapshot")],
      {
        encoding: "utf8",
      },
    );
    expect(dump.trim().split("\n")).toHaveLength(120);
  });

  it("brings back samples, silences and stars when the volumes are lost", async () => {
    await kept.lose();
    await kept.start();
    expect(await samples(before.time)).toEqual({ scrapes: undefined, parcels: undefined });
    expect(await kept.silences()).toEqual([[], []]);

    const { status, output } = await restore(only()).ended;
    expect([status, output]).toEqual([0, expect.stringContaining("e2e has the data of")]);
    expect(await samples(before.time)).toEqual({ scrapes: before.scrapes, parcels: before.parcels });
    expect(await kept.silences()).toEqual(before.silences);
    expect(await kept.database()).toEqual({
      stars: ["machines", "orders", "overview"],
      integrity: "ok",
      agrees: true,
    });
    expect([await allRun(), await kept.leftovers()]).toEqual([Array(4).fill(true), []]);
  });

  it("of some programs alone leaves the others as they are", async () => {
    await kept.silence("made after the backup");
    await kept.star("made-after-the-backup");
    const { status } = await restore(join(folder, "backups"), "--only", "grafana").ended;
    expect(status).toBe(0);
    expect((await kept.database()).stars).not.toContain("made-after-the-backup");
    expect((await kept.silences())[0]).toHaveLength(2);
  });

  it("that is killed hard while a program is paused is put in order by the next", async () => {
    await kept.addWeight(700);
    const run = backup();
    await until(() => kept.isIn("grafana", "paused"), 60_000);
    run.process.kill("SIGKILL");
    await run.ended;
    expect(await kept.isIn("grafana", "paused")).toBe(true);

    const { status, output } = await backup("--only", "alertmanager").ended;
    expect([status, output]).toEqual([0, expect.stringContaining("had left it paused; it goes on")]);
    expect(output).toContain("which a backup that was cut short had left");
    expect([await allRun(), await kept.leftovers(), backups().length]).toEqual([Array(4).fill(true), [], 2]);
  });

  it("that is asked to stop ends with nothing half-written and all programs running", async () => {
    const run = backup();
    await until(() => kept.isIn("grafana", "paused"), 60_000);
    run.process.kill("SIGTERM");
    const { status, output } = await run.ended;
    expect([status, output]).toEqual([1, expect.stringContaining("Stopped. Every program runs")]);
    expect([await allRun(), await kept.leftovers(), backups().length]).toEqual([Array(4).fill(true), [], 2]);
    await kept.removeWeight();
  });

  it("refuses a second run beside it", async () => {
    await kept.addWeight(300);
    const run = backup("--only", "grafana");
    await until(() => kept.isIn("grafana", "paused"), 60_000);
    const { status, output } = await backup().ended;
    expect([status, output]).toEqual([1, expect.stringContaining("A backup is at it already")]);
    expect((await run.ended).status).toBe(0);
    await kept.removeWeight();
  });

  it("is refused before anything is paused where there is too little space", async () => {
    const full = join(folder, "full");
    mkdirSync(full);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", full]);
    try {
      const { status, output } = await kept.command("backup", "e2e", "--to", full).ended;
      expect([status, output]).toEqual([
        1,
        expect.stringMatching(/too little space, and no program was paused/),
      ]);
      expect(readdirSync(full)).toEqual([]);
    } finally {
      execFileSync("umount", [full]);
    }
    expect(await kept.leftovers()).toEqual([]);
  });

  it("is refused where a file of it is damaged, of another environment or of a newer program", async () => {
    const first = only();
    const changed = (name: string, change: (copy: string) => void) => {
      const copy = join(folder, name);
      cpSync(first, copy, { recursive: true });
      change(copy);
      return restore(copy).ended;
    };
    const editManifest = (from: string, to: string) => (copy: string) => {
      const path = join(copy, "manifest.json");
      writeFileSync(path, readFileSync(path, "utf8").replace(from, to));
    };
    const damaged = await changed("damaged", (copy) => {
      const path = join(copy, "grafana.tar");
      const bytes = readFileSync(path);
      bytes[2_000] = (bytes[2_000] ?? 0) ^ 1;
      writeFileSync(path, bytes);
    });
    expect([damaged.status, damaged.output]).toEqual([
      1,
      expect.stringContaining("grafana.tar has another content"),
    ]);
    const other = await changed("other", editManifest('"environment": "e2e"', '"environment": "prod"'));
    expect([other.status, other.output]).toEqual([1, expect.stringContaining("The backup is of prod")]);
    const newer = await changed("newer", editManifest("grafana/grafana:13.0.2", "grafana/grafana:13.1.0"));
    expect([newer.status, newer.output]).toEqual([
      1,
      expect.stringContaining("is older than grafana/grafana:13.1.0"),
    ]);
    expect([await allRun(), await kept.leftovers()]).toEqual([Array(4).fill(true), []]);
  });

  it("whose data a program does not start with leaves it what it had", async () => {
    const bad = join(folder, "bad");
    cpSync(only(), bad, { recursive: true });
    const data = join(folder, "bad-data");
    mkdirSync(join(data, ".snapshot"), { recursive: true });
    writeFileSync(join(data, ".snapshot", "wal"), "not a folder");
    execFileSync("tar", [
      "--owner=65534",
      "--group=0",
      "-cf",
      join(bad, "prometheus.tar"),
      "-C",
      data,
      ".snapshot",
    ]);
    const tar = readFileSync(join(bad, "prometheus.tar"));
    const manifest = manifestOf(bad);
    const parts = manifest.parts.map((part) =>
      part.name === "prometheus"
        ? { ...part, bytes: tar.length, sha256: createHash("sha256").update(tar).digest("hex") }
        : part,
    );
    writeFileSync(join(bad, "manifest.json"), JSON.stringify({ ...manifest, parts }));

    const { status, output } = await restore(bad, "--only", "prometheus").ended;
    expect([status, output]).toEqual([
      1,
      expect.stringContaining("what was there before it is there still, or again"),
    ]);
    await until(async () => (await samples(before.time).catch(() => undefined))?.parcels === 120);
    expect([await allRun(), await kept.leftovers()]).toEqual([Array(4).fill(true), []]);
  });

  it("that is killed hard between stop and start is undone by the next", async () => {
    const run = restore(only(), "--only", "prometheus");
    await until(() => kept.isIn("prometheus", "exited"), 60_000);
    run.process.kill("SIGKILL");
    await run.ended;
    const { status, output } = await backup("--only", "prometheus").ended;
    expect([status, output]).toEqual([
      0,
      expect.stringContaining("what was there before it is back, and it runs"),
    ]);
    await until(async () => (await samples(before.time).catch(() => undefined))?.parcels === 120);
    expect([await allRun(), await kept.leftovers()]).toEqual([Array(4).fill(true), []]);
    expect(existsSync(join(only(), "manifest.json"))).toBe(true);
  });

  it("brings all back to who types what docs/backup.md tells", async () => {
    const text = readFileSync(resolve(__dirname, "../../../docs/backup.md"), "utf8");
    const typed = [...text.matchAll(/^npm run (backup|restore) -- prod(.*?)(?: *#.*)?$/gm)].map(
      ([, name = "", options = ""]) => [name, ...options.split(" ").filter((word) => word !== "")],
    );
    const find = (...words: string[]) => {
      expect(typed).toContainEqual(words);
      return words.slice(1);
    };
    const stars = (await kept.database()).stars;
    const silences = await kept.silences();
    const taken = await kept.command("backup", "e2e", ...find("backup")).ended;
    expect([taken.status, taken.output]).toEqual([0, expect.stringContaining(" backups/e2e-")]);
    await kept.lose();
    // In the place of the deploy, which makes the containers with empty volumes.
    await kept.start();
    const restored = await kept.command("restore", "e2e", ...find("restore", "--from", "backups"), "--yes")
      .ended;
    expect(restored.status).toBe(0);
    expect((await samples(before.time)).parcels).toBe(120);
    expect([(await kept.database()).stars, await kept.silences()]).toEqual([stars, silences]);
  });

  it("works over SSH, with more than fits into a pipe", async () => {
    kept.useSsh();
    await kept.addWeight(40);
    const to = join(folder, "over-ssh");
    const taken = await kept.command("backup", "e2e", "--to", to, "--only", "grafana,alertmanager").ended;
    expect([taken.status, taken.output]).toEqual([0, expect.stringContaining("alertmanager-2")]);
    const { stars } = await kept.database();
    await kept.star("made-after-the-backup");
    await kept.removeWeight();
    const restored = await kept.command("restore", "e2e", "--from", to, "--yes").ended;
    expect([restored.status, restored.output]).toEqual([0, expect.stringContaining("e2e has the data of")]);
    expect((await kept.database()).stars).toEqual(stars);
    expect(await engine.docker("exec", "grafana", "du", "-k", "/var/lib/grafana/weight")).toMatch(
      /^4\d{4}\s/,
    );
    expect([await allRun(), await kept.leftovers()]).toEqual([Array(4).fill(true), []]);
  });
});
