import { Type } from "@sinclair/typebox";
import type { App } from "../platform/app";
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

/** `GET /messages` and `DELETE /messages`. */
export function addMessageRoutes(app: App, store: MessageStore): void {
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
