import { TextOutput } from "../../demo/output";
import type { DemoStatus } from "../../demo/status";

const columns = 80;

/** What a terminal of 80 columns shows after all that was written to it. */
function screen(written: string): string[] {
  const lines = [""];
  let row = 0;
  for (const [token] of written.matchAll(/\u001b\[\d*[A-Z]|\r|\n|[^\u001b\r\n]+/g)) {
    if (token === "\r") continue;
    if (token === "\n") {
      row += 1;
      lines[row] ??= "";
    } else if (token.startsWith("\u001b[") && token.endsWith("A")) {
      row -= Number(token.slice(2, -1));
    } else if (token === "\u001b[J") {
      lines.splice(row, Infinity, "");
    } else if (token.startsWith("\u001b")) {
      throw new Error(`Not known here: ${JSON.stringify(token)}`);
    } else {
      lines[row] += token;
      if ((lines[row]?.length ?? 0) >= columns) throw new Error(`Broken by the terminal: ${token}`);
    }
  }
  return lines;
}

const status: DemoStatus = {
  seconds: 75,
  sent: 1_000,
  ended: ["node-exporter"],
  targets: { up: 8, all: 11, down: ["order-service", "node-exporter"] },
  requests: { perSecond: 31.4, failedPerSecond: 3.1 },
  firing: [
    "HighErrorRatio",
    "OrdersFailing",
    "AvailabilityBudgetBurn",
    "ServiceDown",
    "MonitoringTargetDown",
  ],
  messages: 128,
};
const quiet: DemoStatus = {
  seconds: 5,
  sent: 10,
  ended: [],
  targets: { up: 11, all: 11, down: [] },
  requests: { perSecond: 31.4, failedPerSecond: 0 },
  firing: [],
  messages: 1,
};

describe("the demo's status in a terminal of 80 columns", () => {
  const write = process.stdout.write.bind(process.stdout);
  const before = { isTTY: process.stdout.isTTY, columns: process.stdout.columns };
  let written = "";
  beforeEach(() => {
    written = "";
    Object.assign(process.stdout, { isTTY: true, columns });
    process.stdout.write = (text: string | Uint8Array) => {
      written += String(text);
      return true;
    };
  });
  afterEach(() => {
    process.stdout.write = write;
    Object.assign(process.stdout, before);
  });

  it("has everything, however long", () => {
    const output = new TextOutput();
    output.starting([]);
    output.status(status);
    const shown = screen(written);
    expect(shown.length).toBeGreaterThan(2);
    const text = shown.join(" ").replace(/\s+/g, " ");
    for (const part of [
      "8/11 up (down: order-service, node-exporter)",
      "31.4 requests/s, 9.9 % failed",
      "inbox: 128 messages",
      "ended: node-exporter",
      ...(status.firing ?? []),
    ]) {
      expect(text).toContain(part);
    }
  });

  it("takes the place of the one before, and leaves what was printed", () => {
    const output = new TextOutput();
    output.starting([]);
    output.status(status);
    output.line("prometheus", "a line of its own");
    output.status(quiet);
    output.status(status);
    output.status(quiet);
    expect(screen(written)).toEqual([
      "Starting the programs…",
      "prometheus: a line of its own",
      "   5 s  targets 11/11 up  31.4 requests/s, 0.0 % failed  inbox: 1 message",
      "alerts firing: none",
    ]);
    output.stopping();
    expect(screen(written).slice(2)).toEqual(["Stopping…", ""]);
  });
});
