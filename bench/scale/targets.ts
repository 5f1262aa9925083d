/** The services of the benchmark as one program, so that what they cost is in no other's time. Ends with its parent. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { exposition } from "../exposition";

const series = Number(process.argv[2]);
const started = Date.now();
/** All services are asked within an interval: each text is made once, for those that are asked in the same seconds. */
const sameForMs = 5_000;
let made = { at: NaN, body: Buffer.alloc(0) };

const server = createServer((_, response) => {
  const at = Math.floor((Date.now() - started) / sameForMs);
  if (made.at !== at) {
    made = { at, body: gzipSync(exposition(series, (at * sameForMs) / 1_000), { level: 1 }) };
  }
  const headers = { "content-type": "text/plain; version=0.0.4", "content-encoding": "gzip" };
  response.writeHead(200, headers).end(made.body);
});
server.listen(0, "127.0.0.1", () => {
  process.send?.({ type: "listening", port: (server.address() as AddressInfo).port });
});
process.on("disconnect", () => process.exit());
