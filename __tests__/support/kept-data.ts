import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { DockerEngine } from "./docker-engine";
import { RootFolder } from "./docker-root-folder";
import type { ProjectCopy } from "./project-copy";
import { freePorts } from "../../operations/loopback-port";
import { until } from "./until";

/** Images of the programs that keep data, as the engine of the tests has them. */
export const keptImages = {
  prometheus: "prom/prometheus:v3.13.5",
  alertmanager: "prom/alertmanager:v0.31.1",
  grafana: "grafana/grafana:13.0.2",
} as const;

const shellPrograms = ["sh", "cp", "mv", "rm", "mkdir", "rmdir", "touch", "du", "df", "wget", "sleep"];

/** Writes rows all the time: each transaction adds a star and counts it, so that the two agree at every moment. */
const writer = `
import os, signal, sqlite3, time
signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
db = sqlite3.connect("/var/lib/grafana/grafana.db", isolation_level=None)
db.execute("create table if not exists star (id integer primary key, name text, filler blob)")
db.execute("create table if not exists counted (id integer primary key, stars integer)")
db.execute("insert or ignore into counted values (1, (select count(*) from star))")
while True:
    db.execute("begin")
    db.execute("insert into star (name, filler) values ('written', randomblob(20000))")
    db.execute("update counted set stars = stars + 1 where id = 1")
    db.execute("commit")
    db.execute("begin")
    db.execute("delete from star where name = 'written' and id < (select max(id) from star) - 200")
    db.execute("update counted set stars = (select count(*) from star) where id = 1")
    db.execute("commit")
    time.sleep(0.002)
`;

/** How a command ended. */
export interface CommandEnd {
  readonly status: number | null;
  /** What it printed, with every run of spaces as one. */
  readonly output: string;
}

/**
 * Prometheus, two Alertmanagers and a stand-in of Grafana with a database of its own, on an engine of the tests, as the
 * stacks of an environment `e2e` describe them; and the commands of the project that are about it.
 */
export class KeptData {
  private path = process.env.PATH ?? "";

  private constructor(
    readonly engine: DockerEngine,
    private readonly copy: ProjectCopy,
    private readonly folder: string,
    private readonly ports: { readonly prometheus: number; readonly alertmanagers: readonly number[] },
  ) {}

  static async create(engine: DockerEngine, copy: ProjectCopy): Promise<KeptData> {
    const [prometheus = 0, ...alertmanagers] = await freePorts(3);
    const folder = mkdtempSync(join(tmpdir(), "kept-data-"));
    const kept = new KeptData(engine, copy, folder, { prometheus, alertmanagers });
    kept.writeEnvironment();
    await kept.makeImages();
    await engine.docker("network", "create", "--subnet", engine.ownSubnets[0], "kept");
    return kept;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Starts all programs on their volumes, which are made where they are not there. */
  async start(): Promise<void> {
    const { engine, ports } = this;
    const run = (
      name: string,
      path: string,
      user: string,
      more: readonly string[],
      image: string,
      args: readonly string[],
    ) =>
      engine.docker(
        ...[
          "run",
          "--detach",
          "--name",
          name,
          "--network",
          "kept",
          "--restart",
          "unless-stopped",
          "--user",
          user,
        ],
        ...["--volume", `${name}-data:${path}`, ...more, image, ...args],
      );
    const health = (command: string) => [
      "--health-cmd",
      command,
      "--health-interval",
      "1s",
      // As the stacks have it. A container cannot go on while a check in it is frozen, until that is given up.
      "--health-timeout",
      "5s",
      "--health-retries",
      "30",
    ];
    await run(
      "prometheus",
      "/prometheus",
      "65534:0",
      [
        "--publish",
        `127.0.0.1:${String(ports.prometheus)}:9090`,
        ...health("wget -q --spider http://127.0.0.1:9090/-/ready"),
      ],
      keptImages.prometheus,
      [
        "--config.file=/etc/prometheus.yml",
        "--storage.tsdb.path=/prometheus",
        "--storage.tsdb.retention.time=30d",
      ],
    );
    for (const [index, port] of ports.alertmanagers.entries()) {
      await run(
        index === 0 ? "alertmanager" : `alertmanager-${String(index + 1)}`,
        "/alertmanager",
        "65534:0",
        [
          "--publish",
          `127.0.0.1:${String(port)}:9093`,
          ...health("wget -q --spider http://127.0.0.1:9093/-/healthy"),
        ],
        keptImages.alertmanager,
        [
          ...[
            "--config.file=/etc/alertmanager.yml",
            "--storage.path=/alertmanager",
            "--data.maintenance-interval=5s",
          ],
          `--cluster.peer=${index === 0 ? "alertmanager-2" : "alertmanager"}:9094`,
        ],
      );
    }
    await run("grafana", "/var/lib/grafana", "472:0", [], keptImages.grafana, []);
    await until(() => isReady(this.prometheusUrl));
    for (const url of this.alertmanagerUrls) await until(() => isReady(url));
  }

  /** Removes all containers and their volumes. */
  async lose(): Promise<void> {
    const names = ["prometheus", "alertmanager", "alertmanager-2", "grafana"];
    await this.engine.docker("rm", "--force", ...names);
    await this.engine.docker("volume", "rm", ...names.map((name) => `${name}-data`));
  }

  /** Puts a block of samples of some hours ago into Prometheus's volume, which must not be in use. */
  async addBlock(): Promise<void> {
    const from = Math.floor(Date.now() / 1000) - 6 * 3600;
    const samples = Array.from(
      { length: 120 },
      (_, at) => `parcels_total ${String(at)} ${String(from + 15 * at)}`,
    );
    const file = join(this.folder, "samples.txt");
    writeFileSync(file, `# TYPE parcels counter\n${samples.join("\n")}\n# EOF\n`);
    const blocks = join(this.folder, "blocks");
    mkdirSync(blocks);
    execFileSync("promtool", ["tsdb", "create-blocks-from", "openmetrics", file, blocks], {
      stdio: "ignore",
    });
    execFileSync("chown", ["-R", "65534:0", blocks]);
    await this.engine.docker(
      "create",
      "--name",
      "filler",
      "--volume",
      "prometheus-data:/prometheus",
      keptImages.prometheus,
    );
    for (const name of readdirSync(blocks))
      await this.engine.docker("cp", "--archive", join(blocks, name), "filler:/prometheus/");
    await this.engine.docker("rm", "filler");
  }

  /** The value of an expression at a time, or undefined where it has none. */
  async sampleOf(expression: string, time: number): Promise<number | undefined> {
    const url = `${this.prometheusUrl}/api/v1/query?query=${encodeURIComponent(expression)}&time=${String(time)}`;
    const { data } = (await (await fetch(url)).json()) as { data: { result: { value: [number, string] }[] } };
    const value = data.result[0]?.value[1];
    return value === undefined ? undefined : Number(value);
  }

  /** Silences something, at the first Alertmanager. */
  async silence(comment: string): Promise<void> {
    const body = {
      matchers: [{ name: "service", value: "payments", isRegex: false, isEqual: true }],
      startsAt: new Date().toISOString(),
      endsAt: new Date(Date.now() + 86_400_000).toISOString(),
      createdBy: "somebody",
      comment,
    };
    const headers = { "content-type": "application/json" };
    const url = `${this.alertmanagerUrls[0] ?? ""}/api/v2/silences`;
    const { ok } = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
    if (!ok) throw new Error("The silence was refused.");
  }

  /** What each Alertmanager's silences say, with their ids. */
  silences(): Promise<string[][]> {
    return Promise.all(
      this.alertmanagerUrls.map(async (url) => {
        const all = (await (await fetch(`${url}/api/v2/silences`)).json()) as {
          id: string;
          comment: string;
        }[];
        return all.map(({ id, comment }) => `${id} ${comment}`).sort();
      }),
    );
  }

  /** Adds a star to Grafana's database, beside those that are written all the time. */
  async star(name: string): Promise<void> {
    await this.sql(`b.execute("begin immediate")
b.execute("insert into star (name) values ('${name}')")
b.execute("update counted set stars = stars + 1")
b.execute("commit")`);
  }

  /** What Grafana's database has: the stars that `star` made; whether it is whole; whether the rows agree. */
  async database(): Promise<{ stars: string[]; integrity: string; agrees: boolean }> {
    const text = await this.sql(`b.execute("begin")
import json
print(json.dumps({
  "stars": [n for n, in b.execute("select name from star where name != 'written' order by name")],
  "integrity": b.execute("pragma integrity_check").fetchone()[0],
  "agrees": b.execute("select count(*) from star").fetchone() == b.execute("select stars from counted").fetchone()}))`);
    return JSON.parse(text) as { stars: string[]; integrity: string; agrees: boolean };
  }

  /** A file in Grafana's volume that takes a while to be copied. */
  async addWeight(megabytes: number): Promise<void> {
    await this.engine.docker(
      ...["exec", "grafana", "python3", "-c"],
      `import os\nwith open("/var/lib/grafana/weight", "wb") as f:\n  for _ in range(${String(megabytes)}): f.write(os.urandom(1 << 20))`,
    );
  }

  async removeWeight(): Promise<void> {
    await this.engine.docker("exec", "grafana", "rm", "/var/lib/grafana/weight");
  }

  /** Starts a command of the project, as a process that can be sent signals. */
  command(
    name: "backup" | "restore",
    ...args: readonly string[]
  ): { process: ChildProcess; ended: Promise<CommandEnd> } {
    const child = spawn(process.execPath, ["--require", "tsx/cjs", `commands/${name}.ts`, ...args], {
      cwd: this.copy.folder,
      stdio: ["ignore", "pipe", "pipe"],
      env: { PATH: this.path, HOME: process.env.HOME, TMPDIR: process.env.TMPDIR },
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
    const ended = new Promise<CommandEnd>((resolve) => {
      child.once("close", (status) => {
        resolve({ status, output: stripVTControlCharacters(said).replaceAll(/\s+/g, " ") });
      });
    });
    return { process: child, ended };
  }

  /** Whether a container is in a state such as `paused`, `running` or `exited`. */
  async isIn(container: string, state: string): Promise<boolean> {
    const { State } = await this.engine.inspect<{ State: { Status: string } }>(container);
    return State.Status === state;
  }

  /** All that a backup or a restore may have left on the engine: its own containers, and what is in the volumes. */
  async leftovers(): Promise<string[]> {
    const helpers = await this.engine.docker("ps", "--all", "--quiet", "--filter", "label=monitoring.backup");
    const folders = await Promise.all(
      (
        [
          ["prometheus", "/prometheus"],
          ["alertmanager", "/alertmanager"],
          ["alertmanager-2", "/alertmanager"],
          ["grafana", "/var/lib/grafana"],
        ] as const
      ).map(async ([name, path]) => {
        const script = `cd ${path}; for each in .[!.]*; do [ -e "$each" ] && echo "${name} $each"; done; true`;
        return (await this.engine.docker("exec", name, "sh", "-c", script)).split("\n");
      }),
    );
    return [...helpers.split("\n"), ...folders.flat()].filter((text) => text !== "");
  }

  private get prometheusUrl(): string {
    return `http://127.0.0.1:${String(this.ports.prometheus)}`;
  }

  private get alertmanagerUrls(): string[] {
    return this.ports.alertmanagers.map((port) => `http://127.0.0.1:${String(port)}`);
  }

  private sql(program: string): Promise<string> {
    const start = `import sqlite3\nb = sqlite3.connect("/var/lib/grafana/grafana.db", isolation_level=None, timeout=60)\n`;
    return this.engine.docker("exec", "grafana", "python3", "-c", `${start}${program}`);
  }

  /** From now on the environment's engine is reached by SSH, of which a stand-in does what the host's would. */
  useSsh(): void {
    const folder = join(this.folder, "bin");
    mkdirSync(folder);
    const script = `#!/bin/sh\nexec env DOCKER_HOST=${this.engine.host} docker system dial-stdio\n`;
    writeFileSync(join(folder, "ssh"), script, { mode: 0o755 });
    this.path = `${folder}:${this.path}`;
    this.writeFile("ssh://deploy@monitoring.example.com");
  }

  private writeEnvironment(): void {
    const { copy, engine } = this;
    copy.edit("environments/index.ts", "= { local,", "= { e2e, local,");
    copy.edit(
      "environments/index.ts",
      'import { dev } from "./dev";',
      'import { dev } from "./dev";\nimport { e2e } from "./e2e";',
    );
    this.writeFile(engine.host);
  }

  private writeFile(host: string): void {
    writeFileSync(
      join(this.copy.folder, "environments", "e2e.ts"),
      `import type { EnvironmentInput } from "./environment";
import { local } from "./local";

export const e2e: EnvironmentInput = {
  ...local,
  name: "e2e",
  // The test makes the containers itself, by these names.
  docker: { host: "${host}", names: "plain" },
  alerting: { ...local.alerting, replicas: 2 },
};
`,
    );
  }

  private async makeImages(): Promise<void> {
    const withShell = () => {
      const root = new RootFolder();
      root.addProgram("busybox");
      for (const name of shellPrograms) root.link("busybox", `/usr/bin/${name}`);
      return root;
    };
    const prometheus = withShell();
    prometheus.addProgram("prometheus");
    prometheus.addFolder("/prometheus", 65534, 0);
    prometheus.write(
      "/etc/prometheus.yml",
      "global: { scrape_interval: 1s }\nscrape_configs:\n  - job_name: prometheus\n    static_configs: [{ targets: ['127.0.0.1:9090'] }]\n",
    );
    await prometheus.import(
      this.engine,
      [keptImages.prometheus],
      ["ENV PATH=/usr/bin", `ENTRYPOINT ["/usr/bin/prometheus"]`],
    );
    const alertmanager = withShell();
    alertmanager.addProgram("alertmanager");
    alertmanager.addFolder("/alertmanager", 65534, 0);
    alertmanager.write(
      "/etc/alertmanager.yml",
      "route: { receiver: nobody }\nreceivers: [{ name: nobody }]\n",
    );
    await alertmanager.import(
      this.engine,
      [keptImages.alertmanager],
      ["ENV PATH=/usr/bin", `ENTRYPOINT ["/usr/bin/alertmanager"]`],
    );
    const grafana = withShell();
    addPython(grafana);
    grafana.addFolder("/var/lib/grafana", 472, 0);
    grafana.write("/writer.py", writer);
    await grafana.import(
      this.engine,
      [keptImages.grafana],
      ["ENV PATH=/usr/bin", `ENTRYPOINT ["python3", "/writer.py"]`],
    );
  }
}

function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/-/ready`).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** This machine's Python with what of its library the writer needs. */
function addPython(root: RootFolder): void {
  const unwanted =
    /^(?:__pycache__|site-packages|dist-packages|test|tests|idlelib|tkinter|turtledemo|config-.*)$/;
  const ask = (program: string) =>
    execFileSync("/usr/bin/python3", ["-c", program], { encoding: "utf8" }).trim();
  const library = ask("import sysconfig; print(sysconfig.get_path('stdlib'))");
  root.addProgram("/usr/bin/python3", "/usr/bin/python3");
  root.copy(library, library, (name) => !unwanted.test(name));
  const extensions = join(library, "lib-dynload");
  for (const each of readdirSync(extensions)) root.addLibrariesOf(join(extensions, each));
}
