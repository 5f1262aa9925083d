import { setTimeout as sleep } from "node:timers/promises";
import { logShipper } from "../../../constructs/docker/log-shipper";
import { describeWithEngine } from "../../support/docker-engine";
import { LogGroupReader } from "../../support/log-lines";
import { RunningLogShipper } from "../../support/log-shipper";
import { LogWriters, steady } from "../../support/log-writers";
import { type Moto, motoServer, startMoto } from "../../support/moto";
import { fluentBitProgram } from "../../support/programs";
import { describeWhereThereIs, describeWith } from "../../support/require-program";
import { certificateFor, openssl } from "../../support/server-certificate";
import { temporaryFolder } from "../../support/temporary-folder";
import { type Condition, UnreliableAws } from "../../support/unreliable-aws";
import { until } from "../../support/until";

const region = "eu-central-1";
const logGroupName = "/shop/prod/services";
/** How long AWS is away. By hand longer: `OUTAGE_SECONDS=300`. */
const outageSeconds = Number(process.env.OUTAGE_SECONDS ?? 12);
const newFolder = temporaryFolder();

jest.setTimeout((300 + outageSeconds) * 1000);

const traceback = [
  "Traceback (most recent call last):",
  '  File "app.py", line 3, in place',
  "    charge(order)",
  "ValueError: no price",
  "",
  "During handling of the above exception, another exception occurred:",
  "",
  "Traceback (most recent call last):",
  '  File "app.py", line 9, in <module>',
  "    place()",
  "RuntimeError: order lost",
];
const panic = ["panic: no price", "", "goroutine 1 [running]:", "main.place()", "\t/app/main.go:9 +0x1d"];
const nodeError = ["TypeError: price is undefined", "    at charge (/app/order.js:3:9)"];
const jvmError = [
  'Exception in thread "main" java.lang.IllegalStateException: order lost',
  "\tat app.Main.main(Main.java:9)",
  "Caused by: java.io.IOException: no price",
  "\t... 1 more",
];
/** What a chunk of at most 2 MiB holds of the lines of 1 KB that `flood` writes. */
const linesOfChunk = 2_100;
const errorLine = '{"level":50,"msg":"order lost","trace_id":"4bf92f3577b34da6a3ce929d0e0e4736"}';
const longLine = JSON.stringify({ level: 30, msg: "x".repeat(40_000) });

describeWhereThereIs([fluentBitProgram], "the log shipper", () => {
  describeWith([motoServer, openssl], "with an emulated AWS", () => {
    describeWithEngine("and an engine", suite);
  });
});

function suite(): void {
  let writers: LogWriters;
  let moto: Moto;
  let aws: UnreliableAws;
  let group: LogGroupReader;
  let shipper: RunningLogShipper;
  let portOfAws: number;

  const texts = async (stream: string) => (await group.lines(stream)).map(({ text }) => text);
  const numbersIn = async (stream: string) =>
    (await texts(stream)).map((text) => (JSON.parse(text) as { n: number }).n);
  const startShipper = (waitingMb: number) =>
    RunningLogShipper.start(newFolder(), {
      containersFolder: writers.engine.containersFolder,
      waitingMb,
      cloudWatch: { region, logGroupName, emulator: { host: "127.0.0.1", port: portOfAws } },
    });

  beforeAll(async () => {
    [writers, moto] = await Promise.all([LogWriters.start(), startMoto()]);
    aws = new UnreliableAws(moto.url, certificateFor(2, newFolder()));
    portOfAws = await aws.listen();
    group = new LogGroupReader(moto.url, region, logGroupName);
    await group.create();
    shipper = await startShipper(64);
  });

  afterAll(async () => {
    await shipper.stop();
    await writers.stop();
    await aws.close();
    await moto.stop();
    group.close();
  });

  it("sends each line as one event as it was written, within 30 seconds, to a stream of the container's name", async () => {
    await writers.print("order-service", [errorLine, longLine, "plain words"].join("\n"));
    await until(async () => (await group.lines("order-service")).length >= 3);
    expect(await texts("order-service")).toEqual([errorLine, longLine, "plain words"]);
    for (const { at, ingestedAt } of await group.lines("order-service"))
      expect(ingestedAt - at).toBeLessThan(30_000);
    // What the metric filter of ErrorLines asks: { $.level >= 50 }.
    const errors = (await texts("order-service")).filter((text) => levelOf(text) >= 50);
    expect(errors).toEqual([errorLine]);
  });

  it("keeps stacks of several lines whole, and those beside them apart", async () => {
    const stacks = [traceback, panic, nodeError, nodeError, jvmError].map((lines) => lines.join("\n"));
    const [python = "", ...others] = stacks;
    const all = [errorLine, python, errorLine, ...others, "plain words"];
    await writers.print("auth-service", all.join("\n"));
    await until(async () => (await group.lines("auth-service")).length >= all.length);
    expect(await texts("auth-service")).toEqual(all);
  });

  it("knows a container that does not write its name by its id, and leaves its own lines out", async () => {
    const id = await writers.print("unnamed", errorLine, { options: [] });
    await writers.print(logShipper.name, errorLine);
    const stream = `unnamed-container.${id.slice(0, 12)}`;
    await until(async () => (await texts(stream)).includes(errorLine));
    expect(await group.streams()).toEqual(["auth-service", "order-service", stream]);
  });

  it("cuts a line without end where CloudWatch would, and loses nothing of it", async () => {
    const bytes = 3_000_000;
    await writers.run(
      "endless",
      `awk 'BEGIN { for (i = 0; i < ${String(bytes / 10)}; i++) printf "%010d", i }'; echo; sleep 600`,
    );
    await until(async () => (await texts("endless")).join("").length >= bytes);
    // They are of one millisecond, within which the group keeps no order; each begins with a number.
    const parts = (await texts("endless")).sort();
    expect(Math.max(...parts.map((part) => part.length))).toBeLessThan(1_000_000);
    const whole = Array.from({ length: bytes / 10 }, (_, n) => String(n).padStart(10, "0")).join("");
    expect(parts.join("") === whole).toBe(true);
  });

  it("leaves `docker logs` as it was", async () => {
    expect(await writers.written("order-service")).toEqual([errorLine, longLine, "plain words"]);
  });

  it.each<Condition>(["away", "refusing", "throttling", "slow"])(
    "loses no line and slows no container while AWS is %s, and is restarted meanwhile",
    async (condition) => {
      const name = `steady-${condition}`;
      await writers.run(name, steady);
      await until(async () => (await group.lines(name)).length > 100);
      aws.condition = condition;
      const begins = Date.now() / 1000;
      await shipper.stop();
      const late = writers.print(`late-${condition}`, errorLine);
      await shipper.start();
      await sleep(outageSeconds * 1_000);
      const ends = Date.now() / 1000;
      await late;
      aws.condition = "well";
      await writers.end(name);
      const written = await writers.written(name);
      const { State, RestartCount } = await writers.engine.inspect<ContainerState>(name);
      expect([State.OOMKilled, RestartCount]).toEqual([false, 0]);
      // As many lines a second as before.
      const at = written.map((line) => (JSON.parse(line) as { at: number }).at);
      const during = at.filter((time) => time >= begins && time < ends).length / (ends - begins);
      const before = at.filter((time) => time < begins).length / (begins - (at[0] ?? 0));
      expect(during / before).toBeGreaterThan(0.7);

      // Whoever got no answer sends once more, so that a line may be there twice.
      const arrived = async () => [...new Set(await texts(name))];
      await until(async () => (await arrived()).length >= written.length, 60_000);
      // Of lines of one millisecond the group keeps no order.
      expect((await arrived()).sort()).toEqual([...written].sort());
      await until(async () => (await texts(`late-${condition}`)).includes(errorLine));
      expect(await shipper.metric("fluentbit_output_dropped_records_total")).toBe(0);
    },
  );

  it("beyond the room for what waits drops the oldest lines, and counts each of them", async () => {
    await shipper.stop();
    shipper = await startShipper(16);
    await writers.flood("before", 1);
    await until(async () => (await shipper.metric("fluentbit_output_proc_records_total")) > 0);
    aws.condition = "away";
    const many = 24_000;
    await writers.flood("flood", many);
    const dropped = () => shipper.metric("fluentbit_output_dropped_records_total");
    const readOf = () => shipper.metric("fluentbit_input_records_total", 'name="containers"');
    await until(async () => (await readOf()) >= many, 60_000);
    await until(async () => (await dropped()) > 0);
    await sleep(3_000);
    expect(await shipper.metric("fluentbit_output_chunk_available_capacity_percent")).toBeLessThan(50);
    aws.condition = "well";
    await until(
      async () => (await shipper.metric("fluentbit_output_chunk_available_capacity_percent")) === 100,
      60_000,
    );
    await until(async () => (await numbersIn("flood")).includes(many - 1));
    const arrived = await numbersIn("flood");
    expect(new Set(arrived).size).toBe(arrived.length);
    expect(arrived.length).toBeLessThan(many);
    // The oldest are gone, but for what is being sent: none on an idle machine, two chunks on a busy one.
    const lost = many - arrived.length;
    const kept = new Set(arrived);
    const newestLost = Array.from({ length: many }, (_, n) => n)
      .filter((n) => !kept.has(n))
      .at(-1);
    expect(newestLost).toBeLessThan(lost + 2 * linesOfChunk);
    const sent = await shipper.metric("fluentbit_output_proc_records_total");
    // Parts of long lines, and its own lines.
    const left = await shipper.metric("fluentbit_filter_drop_records_total");
    // That chunk is counted as dropped, and arrives all the same.
    const stayed = arrived.filter((n) => newestLost !== undefined && n < newestLost).length;
    expect(sent + left + (await dropped()) - stayed).toBe(await readOf());
    expect(await dropped()).toBeGreaterThanOrEqual(lost);
  });
}

interface ContainerState {
  readonly State: { readonly OOMKilled: boolean };
  readonly RestartCount: number;
}

function levelOf(text: string): number {
  try {
    return (JSON.parse(text) as { level: number }).level;
  } catch {
    return 0;
  }
}
