import { createServer } from "node:http";
import { report } from "./harness";

/** Field numbers from an export request down to its spans: resource_spans, scope_spans, spans. */
const spanPath = [1, 2, 2];

/** Counts the messages at a path of fields, by the wire format of Protocol Buffers. */
function countSpans(message: Buffer, [field, ...below]: readonly number[]): number {
  if (field === undefined) return 1;
  let count = 0;
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = message[at++] ?? 0;
      value += (byte % 128) * factor;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const tag = varint();
    // All that is not a span on these three levels is length-delimited too.
    const length = varint();
    if (tag >>> 3 === field) count += countSpans(message.subarray(at, at + length), below);
    at += length;
  }
  return count;
}

/** Takes spans over OTLP/HTTP, counts them and forgets them; `GET /` tells how many there were. */
let spans = 0;
const server = createServer((request, response) => {
  if (request.method === "GET") {
    response.end(String(spans));
    return;
  }
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    spans += countSpans(Buffer.concat(chunks), spanPath);
    response.setHeader("content-type", "application/x-protobuf").end();
  });
});
server.listen(0, "127.0.0.1", () => {
  report(server);
});
