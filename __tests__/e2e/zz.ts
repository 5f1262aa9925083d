import fc from "fast-check";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { startPrometheus } from "../support/prometheus";
import { MemoryStorage } from "../../metrics/promql-engine";
import { hardFrom, hardSeries } from "../support/hard-series";
import { remoteWrite } from "../support/remote-write";
import { anyExpressions } from "../support/promql-grammar";
import { Compared } from "../support/engine-compared";
async function main() {
  const folder = mkdtempSync("/tmp/t-engine/zz-");
  mkdirSync(folder + "/data");
  writeFileSync(folder + "/prometheus.yml", "{}");
  const p = await startPrometheus(folder, ["--web.enable-remote-write-receiver", "--enable-feature=promql-experimental-functions", "--storage.tsdb.retention.time=100y"]);
  try {
    const series = hardSeries();
    await remoteWrite(p.url, series);
    const c = new Compared(p.url, new MemoryStorage(series));
    const n = Number(process.argv[2]), seed = Number(process.argv[3]);
    const texts = process.argv[4] ? process.argv.slice(4) : fc.sample(anyExpressions(), { numRuns: n, seed });
    let t = Date.now();
    for (const text of texts) {
      await c.range(text, { from: hardFrom + 3_600_000, to: hardFrom + 3*3_600_000, step: 120_000 });
      await c.instants(text, { from: hardFrom + 2*3_600_000 + 1234, to: hardFrom + 3 * 3_600_000, step: 1_111_000 });
    }
    const { different, ...rest } = c.result;
    console.log(texts.length, rest, different.length, Date.now() - t, "ms");
    for (const d of different.slice(0, 40)) console.log(d.slice(0, 600));
  } finally { await p.process.stop(); }
}
void main();
