import { Type } from "@sinclair/typebox";
import type { FastifyReply } from "fastify";
import type { App } from "../platform/app";
import type { Faults } from "./faults";
import { kinds } from "./kinds";
import type { Answer } from "./kinds/kind";
import type { MessageStore } from "./store";

const receiverSchema = Type.Object({ receiver: Type.String({ minLength: 1, maxLength: 200 }) });
const faultSchema = Type.Union([
  Type.Object({ status: Type.Integer({ minimum: 400, maximum: 599 }) }, { additionalProperties: false }),
  Type.Object({ silent: Type.Literal(true) }, { additionalProperties: false }),
]);

/** `POST /<kind>/<receiver>` for every kind that has webhooks: takes what it is sent as the real service would. */
export function addReceivers(app: App, store: MessageStore, faults: Faults): void {
  // The kinds read the body themselves: each answers what is malformed in its own way.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => {
    done(null, body);
  });
  for (const [kind, { receive, path: after = "" }] of Object.entries(kinds)) {
    if (!receive) continue;
    app.post(`/${kind}/:receiver${after}`, { schema: { params: receiverSchema } }, (request, reply) => {
      const { receiver } = request.params;
      const fault = faults.get(receiver);
      if (fault && "silent" in fault) {
        neverAnswer(reply, receiver, faults);
        return reply;
      }
      if (fault) return send(reply, { status: fault.status, body: "This failure was asked for." });
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const mediaType = (request.headers["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
      const { pathname, searchParams: query } = new URL(request.url, "http://inbox");
      const path = pathname.replace(/^\/[^/]*\/[^/]*/, "");
      const { answer, content } = receive({ body, mediaType, path, query });
      if (content) store.add({ ...content, kind, receiver });
      else request.log.warn({ kind, receiver, answer }, "refused");
      return send(reply, answer);
    });
  }
}

/** `PUT` and `DELETE /receivers/<receiver>/fault`. */
export function addFaultRoutes(app: App, faults: Faults): void {
  const path = "/receivers/:receiver/fault";
  app.put(path, { schema: { params: receiverSchema, body: faultSchema } }, ({ params, body }, reply) => {
    faults.set(params.receiver, body);
    return reply.code(204).send();
  });
  app.delete(path, { schema: { params: receiverSchema } }, ({ params }, reply) => {
    faults.mend(params.receiver);
    return reply.code(204).send();
  });
  // Nobody who waits may keep the service from ending.
  app.addHook("preClose", (done) => {
    faults.mendAll();
    done();
  });
}

function send(reply: FastifyReply, { status, body }: Answer): FastifyReply {
  void reply.code(status);
  if (body === undefined) return reply.send();
  return typeof body === "string" ? reply.type("text/plain; charset=utf-8").send(body) : reply.send(body);
}

function neverAnswer(reply: FastifyReply, receiver: string, faults: Faults): void {
  reply.hijack();
  const release = faults.hold(receiver, () => reply.raw.destroy());
  reply.raw.once("close", release);
}
