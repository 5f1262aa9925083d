import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { byProgram } from "../../services/programs";
import type { Demo } from "../../demo/demo";
import { describeWithDemo } from "../support/require-program";
import { temporaryFolder } from "../support/temporary-folder";
import { startTestDemo } from "../support/test-demo";

/** How much longer each service takes to start: Prometheus knows its targets after 5 s. */
const slowStartMs = 3_000;

jest.setTimeout(120_000);

describeWithDemo("a demo whose services take long to start", () => {
  const newFolder = temporaryFolder();
  let demo: Demo;

  beforeAll(async () => {
    const slow = join(newFolder(), "slow.cjs");
    writeFileSync(
      slow,
      `Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${String(slowStartMs)});\n`,
    );
    demo = await startTestDemo({
      ports: "free",
      speed: 15,
      serviceEnv: { NODE_OPTIONS: `--require ${slow}` },
    });
  });
  afterAll(() => demo.stop());

  it("scrapes none before it listens, and so reports none as down", async () => {
    await demo.prometheus?.allUp(60_000);
    const worst = await demo.prometheus?.query('min by (service) (min_over_time(up{service!=""}[10m]))');
    const services = Object.fromEntries(
      (worst ?? []).map(({ metric, value }) => [metric.service ?? "", value]),
    );
    expect(services).toMatchObject(byProgram(() => 1));
  });
});
