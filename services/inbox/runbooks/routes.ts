import { Type } from "@sinclair/typebox";
import type { FastifyReply } from "fastify";
import type { App } from "../../platform/app";
import { pageHeaders } from "../../platform/page/design";
import { runbookIndex, runbookPage, unknownRunbook } from "./page";
import type { Runbooks } from "./runbooks";

const nameSchema = Type.Object({ name: Type.String() });

/** As of every page, and its form, which asks for the same page with other values. */
const headers = {
  ...pageHeaders,
  "content-security-policy": pageHeaders["content-security-policy"].replace(
    "form-action 'none'",
    "form-action 'self'",
  ),
};

/**
 * `GET /runbooks/` and `GET /runbooks/<alert>`, with or without `.md`. The query fills in the runbook's placeholders:
 * `?service=order-service` stands wherever it says `<service>`.
 */
export function addRunbookRoutes(app: App, runbooks: Runbooks): void {
  const send = (reply: FastifyReply, html: string) =>
    reply.headers(headers).type("text/html; charset=utf-8").send(html);
  // The pages' own links begin here.
  app.get("/runbooks", (_request, reply) => reply.redirect("runbooks/"));
  app.get("/runbooks/", (_request, reply) => send(reply, runbookIndex(runbooks)));
  app.get("/runbooks/:name", { schema: { params: nameSchema } }, (request, reply) => {
    const name = request.params.name.replace(/\.md$/, "");
    const runbook = runbooks.get(name);
    if (!runbook) return send(reply.code(404), unknownRunbook(name, runbooks));
    const { searchParams } = new URL(request.url, "http://inbox");
    return send(reply, runbookPage(runbook, runbooks, Object.fromEntries(searchParams)));
  });
}
