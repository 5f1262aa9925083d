import { Type } from "@sinclair/typebox";
import type { App } from "../platform/app";
import { Problem } from "../platform/problem";
import { formOf } from "./forms";
import { mailHeaders, mailPage } from "./forms/email";
import { kindOf } from "./kinds";
import type { Links } from "./links";
import { statuses } from "./message";
import type { MessageStore } from "./store";

const selectionSchema = Type.Object(
  {
    receiver: Type.Optional(Type.String({ minLength: 1, maxLength: 320 })),
    status: Type.Optional(Type.Union(statuses.map((status) => Type.Literal(status)))),
    limit: Type.Optional(
      Type.String({ pattern: "^[1-9]\\d{0,3}$", description: "1 to 9999; all by default" }),
    ),
  },
  { additionalProperties: false },
);

const idSchema = Type.Object({ id: Type.String({ minLength: 1, maxLength: 40 }) });

/** `GET /messages` and `DELETE /messages`, and of a message itself, its form and the HTML of its mail. */
export function addMessageRoutes(app: App, store: MessageStore, links: Links): void {
  addListRoutes(app, store);
  const params = { schema: { params: idSchema } };
  const messageOf = (id: string) => {
    const message = store.get(id);
    if (!message) throw new Problem(404, "There is no such message, or no longer.");
    return message;
  };
  app.get("/messages/:id", params, ({ params: { id } }) => messageOf(id));
  app.get("/messages/:id/form", params, ({ params: { id } }) => {
    const message = messageOf(id);
    const { labels } = kindOf(message.kind).subjectOf(message);
    return { pieces: formOf(message, { hrefOf: (url) => links.hrefOf(url, labels) }) };
  });
  app.get("/messages/:id/mail", params, ({ params: { id } }, reply) => {
    const { kind, payload } = messageOf(id);
    const html = kindOf(kind).htmlOf?.(payload) ?? "";
    if (html === "") throw new Problem(404, "This message has no HTML.");
    return reply.headers(mailHeaders).type("text/html; charset=utf-8").send(mailPage(html, links));
  });
}

function addListRoutes(app: App, store: MessageStore): void {
  const json = "application/json; charset=utf-8";
  app.get("/messages", { schema: { querystring: selectionSchema } }, ({ query }, reply) => {
    const selected = store.list({
      ...query,
      limit: query.limit === undefined ? Infinity : Number(query.limit),
    });
    return reply.type(json).send(`{"messages":[${selected.map((each) => each.json).join(",")}]}`);
  });
  app.delete(
    "/messages",

    (_request, reply) => {
      store.clear();
      return reply.code(204).send();
    },
  );
}
