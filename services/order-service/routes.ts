import { Type } from "@sinclair/typebox";
import type { FastifyError, FastifyRequest } from "fastify";
import { dollars } from "../../metrics/units";
import type { BusinessMetrics } from "../instrumentation";
import type { App } from "../platform/app";
import { type Authentication, Unauthenticated } from "../platform/authentication";
import { Problem, problems } from "../platform/problem";
import { reasonOf } from "./failure";
import type { Lifecycle } from "./lifecycle";
import type { Placement } from "./placement";
import type { Order, OrderStore } from "./store";
import type { ShopCatalogue } from "../../shop/metrics/catalogue";

declare module "fastify" {
  interface FastifyRequest {
    /** Whose order is placed; empty elsewhere. */
    userId: string;
  }
}

const lineSchema = Type.Object(
  {
    productId: Type.String({ minLength: 1, maxLength: 64 }),
    quantity: Type.Integer({ minimum: 1, maximum: 1_000 }),
  },
  { additionalProperties: false },
);
const newOrderSchema = Type.Object(
  { lines: Type.Array(lineSchema, { minItems: 1, maxItems: 20 }) },
  { additionalProperties: false },
);
const orderSchema = Type.Object({
  id: Type.String(),
  lines: Type.Array(lineSchema),
  total: Type.Number({ description: "dollars" }),
  status: Type.Union([
    Type.Literal("pending"),
    Type.Literal("paid"),
    Type.Literal("shipped"),
    Type.Literal("cancelled"),
  ]),
});
const idSchema = Type.Object({ id: Type.String({ minLength: 1, maxLength: 64 }) });

/** What the routes work with. */
export interface OrderParts {
  readonly metrics: BusinessMetrics<ShopCatalogue, "order-service">;
  readonly store: OrderStore;
  readonly lifecycle: Lifecycle;
  readonly placement: Placement;
  readonly authentication: Authentication;
}

/** Adds the routes of the order service. */
export function addOrderRoutes(app: App, parts: OrderParts): void {
  addPlacing(app, parts);
  addReading(app, parts);
  addMoving(app, parts);
}

/**
 * Placing an order. Every attempt of a customer counts, and each is either created or failed for one reason. What comes
 * without a token that holds is no attempt: anybody can send it, as often as they like.
 */
function addPlacing(app: App, { metrics, lifecycle, placement, authentication }: OrderParts): void {
  app.decorateRequest("userId", "");
  app.post(
    "/orders",
    {
      schema: {
        body: newOrderSchema,
        response: { 201: orderSchema, ...problems(400, 401, 402, 409, 413, 415, 422, 503) },
      },
      onRequest: async (request) => {
        request.userId = await authentication.callerOf(request).then(
          ({ userId }) => userId,
          (error: unknown) => {
            // A customer's order that fails because nobody can tell whose it is has failed, too.
            if (!(error instanceof Unauthenticated)) metrics.orders_total.inc();
            throw error;
          },
        );
        metrics.orders_total.inc();
      },
      errorHandler: (error: FastifyError) => {
        if (!(error instanceof Unauthenticated)) {
          metrics.orders_failed_total.inc({ reason: reasonOf(error) });
        }
        throw error;
      },
    },
    async (request, reply) => {
      const order = await placement.place(request.userId, request.body.lines);
      metrics.orders_created_total.inc();
      metrics.order_value_dollars.observe(dollars(order.total));
      lifecycle.follow(order);
      void reply.code(201);
      return shown(order);
    },
  );
}

function addReading(app: App, { store, authentication }: OrderParts): void {
  const listSchema = Type.Object({ orders: Type.Array(orderSchema) });
  app.get(
    "/orders",
    { schema: { response: { 200: listSchema, ...problems(401, 503) } } },
    async (request) => {
      const { userId } = await authentication.callerOf(request);
      return { orders: store.ofUser(userId, 20).map(shown) };
    },
  );
  app.get(
    "/orders/:id",
    { schema: { params: idSchema, response: { 200: orderSchema, ...problems(401, 404, 503) } } },
    async (request) => shown(await ownOrder(request, request.params.id, store, authentication)),
  );
}

function addMoving(app: App, { store, placement, authentication }: OrderParts): void {
  for (const [action, status] of [
    ["pay", "paid"],
    ["ship", "shipped"],
    ["cancel", "cancelled"],
  ] as const) {
    app.post(
      `/orders/:id/${action}`,
      { schema: { params: idSchema, response: { 200: orderSchema, ...problems(401, 404, 409, 503) } } },
      async (request) => {
        const order = await ownOrder(request, request.params.id, store, authentication);
        const moved = store.move(order, status);
        if (!moved) throw new Problem(409, `An order that is ${order.status} cannot become ${status}.`);
        if (status === "cancelled") await placement.release(moved.lines);
        return shown(moved);
      },
    );
  }
}

/** An order of the caller; another user's order is as unknown as one that is not there. */
async function ownOrder(
  request: FastifyRequest,
  id: string,
  store: OrderStore,
  authentication: Authentication,
): Promise<Order> {
  const { userId } = await authentication.callerOf(request);
  const order = store.get(id);
  if (order?.userId !== userId) throw new Problem(404, "You have no order with this id.");
  return order;
}

function shown({ id, lines, total, status }: Order) {
  return { id, lines: [...lines], total, status };
}
