import { createServer } from "node:http";
import { report } from "./harness";

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
    spans += Buffer.concat(chunks).toString("latin1").split('"spanId":').length - 1;
    response.setHeader("content-type", "application/json").end("{}");
  });
});
server.listen(0, "127.0.0.1", () => {
  report(server);
});
