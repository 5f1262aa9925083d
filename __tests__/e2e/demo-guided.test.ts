import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DemoCommand, demoFolders } from "../support/demo-command";
import { alertmanagerProgram, nodeExporterProgram, prometheusProgram } from "../support/programs";
import { describeWith } from "../support/require-program";

const script = { name: "script", hint: "Get it: apt-get install bsdutils" };
const stepMs = 60_000;

jest.setTimeout(180_000);

/** `npm run demo -- --tour` in a terminal, as `script` of util-linux makes one. */
class TypedTour {
  output = "";
  readonly ended: Promise<number | null>;
  private readonly child: ChildProcess;
  /** How much of the output has been waited for. */
  private read = 0;

  constructor() {
    const command = "npm run --silent demo -- --tour --free-ports";
    this.child = spawn("script", ["--quiet", "--return", "--command", command, "/dev/null"], {
      cwd: join(__dirname, "../.."),
      env: { ...process.env, COLUMNS: "500" },
      stdio: ["pipe", "pipe", "inherit"],
      detached: true,
    });
    this.child.stdout?.on("data", (data: Buffer) => (this.output += data.toString()));
    this.ended = once(this.child, "close").then(([code]) => code as number | null);
  }

  /** Waits until this is printed after what was waited for before. */
  async has(pattern: RegExp): Promise<string> {
    for (const end = Date.now() + stepMs; ; await sleep(50)) {
      const found = pattern.exec(this.output.slice(this.read));
      if (found) {
        this.read += found.index + found[0].length;
        return found[0];
      }
      if (Date.now() > end) throw new Error(`${String(pattern)} is not printed:\n${this.output}`);
    }
  }

  async type(line: string, after: RegExp): Promise<void> {
    await this.has(after);
    this.child.stdin?.write(`${line}\n`);
  }

  /** Ends it, whatever it does: there is no more to type, and then no terminal. */
  async end(): Promise<void> {
    this.child.stdin?.end();
    const isEnded = await Promise.race([this.ended.then(() => true), sleep(20_000, false, { ref: false })]);
    if (!isEnded && this.child.pid !== undefined) process.kill(-this.child.pid, "SIGKILL");
  }
}

describeWith(
  [prometheusProgram, alertmanagerProgram, nodeExporterProgram, script],
  "npm run demo -- --tour in a terminal",
  () => {
    const foldersBefore = demoFolders();
    let tour: TypedTour;

    beforeAll(() => {
      tour = new TypedTour();
    });
    afterAll(() => tour.end());

    it("leads from a fault to the message at each receiver and back, step by step", async () => {
      await tour.type("s", /1 of 5: A third of the requests fail[^]*Enter breaks it/);
      await tour.type("s", /2 of 5: Slow answers[^]*Enter breaks it/);
      await tour.type("", /3 of 5: Kill a service[^]*is pending after \d+ to \d+ s[^]*Enter breaks it/);
      await tour.has(/\d\.\d s {2}ServiceDown of api-gateway is pending, at best \d\.\d s/);
      const told = await tour.has(/[^]*All are told\. Enter mends it\./);
      // In any order.
      for (const receiver of ["slack-critical", "webhook-incidents"]) {
        expect(told).toMatch(new RegExp(String.raw`\d\.\d s {2}message at ${receiver}, at best \d\.\d s`));
      }
      await tour.type("", /(?:)/);
      await tour.has(/s {2}mended/);
      await tour.has(/s {2}resolved at webhook-incidents/);
      await tour.type("", /It is over\. Enter goes on\./);
      await tour.type("q", /4 of 5: Orders stay away[^]*Enter breaks it/);
      await tour.has(/Stopped; no process and no file is left\./);
      expect(await tour.ended).toBe(0);
      expect(demoFolders(foldersBefore)).toEqual([]);
    });
  },
);

it("refuses without a terminal, in a sentence", async () => {
  const demo = new DemoCommand(["--tour"]);
  expect(await demo.ended).toBe(1);
  expect(demo.lines.join("\n")).toBe(
    "--tour needs a terminal, to step through it with Enter. Without one, the page of npm run demo has the same faults.",
  );
});

it("refuses to be for people and for programs at once", async () => {
  const demo = new DemoCommand(["--tour", "--json"]);
  expect(await demo.ended).toBe(1);
  expect(demo.output).toContain("leave one of them out");
});
