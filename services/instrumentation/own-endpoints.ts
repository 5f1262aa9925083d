import type { IncomingMessage, ServerResponse } from "node:http";
import { contentTypes, formatFor, type Format } from "./exposition";
import { ok, unavailable, type Readiness } from "./readiness";

/** Answers a request. */
type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

/**
 * What answers `/metrics`, `/health`, `/health/live` and `/health/ready`.
 * @param render undefined where `/metrics` is not among them
 * @returns finds it for a request; undefined for all others
 */
export function ownEndpoints(
  readiness: Readiness,
  render: ((format: Format, request: IncomingMessage) => Promise<string>) | undefined,
): (request: IncomingMessage) => Answer | undefined {
  const live: Answer = (_request, response) => {
    send(response, 200, ok);
  };
  const answers = new Map<string, Answer>([
    ["/health", live],
    ["/health/live", live],
    [
      "/health/ready",
      async (_request, response) => {
        if (await readiness.holds()) send(response, 200, ok);
        else send(response, 503, unavailable);
      },
    ],
  ]);
  if (render) {
    answers.set("/metrics", async (request, response) => {
      const format = formatFor(request.headers.accept);
      const text = await render(format, request);
      response.writeHead(200, { "content-type": contentTypes[format] }).end(text);
    });
  }
  return ({ method, url = "" }) => (method === "GET" ? answers.get(pathOf(url)) : undefined);
}

function pathOf(url: string): string {
  const query = url.indexOf("?");
  return query < 0 ? url : url.slice(0, query);
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" }).end(JSON.stringify(body));
}
