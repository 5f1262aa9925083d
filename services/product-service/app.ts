import { Type, type Static } from "@sinclair/typebox";
import { traced, type BusinessMetrics, type Environment } from "../instrumentation";
import { createApp, type App } from "../platform/app";
import { Authentication } from "../platform/authentication";
import { commonConfig, readConfig, serviceUrl, wholeNumber, type CommonConfig } from "../platform/config";
import { Problem, problems } from "../platform/problem";
import { businessMetrics } from "../platform/instrumentation";
import { servicePrograms } from "../programs";
import { openingRange, ProductStore, type Product } from "./store";
import type { ShopCatalogue } from "../../shop/metrics/catalogue";

const productSchema = Type.Object({
  id: Type.String(),
  name: Type.String(),
  price: Type.Number({ description: "dollars" }),
  stock: Type.Integer({ description: "items that can be ordered" }),
});
const newProductSchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100, pattern: "^[^\\u0000-\\u001f]+$" }),
    price: Type.Number({ minimum: 0.01, maximum: 100_000 }),
    stock: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
  },
  { additionalProperties: false },
);
const idSchema = Type.Object({ id: Type.String({ minLength: 1, maxLength: 64 }) });
const stockSchema = Type.Object(
  { stock: Type.Integer({ minimum: 0, maximum: 1_000_000 }) },
  { additionalProperties: false },
);
const quantitySchema = Type.Object(
  { quantity: Type.Integer({ minimum: 1, maximum: 1_000 }) },
  { additionalProperties: false },
);
const pageSchema = Type.Object(
  {
    offset: Type.Optional(Type.String({ pattern: "^\\d{1,7}$" })),
    limit: Type.Optional(
      Type.String({ pattern: "^([1-9]\\d?|100)$", description: "1 to 100, 20 by default" }),
    ),
  },
  { additionalProperties: false },
);
const listSchema = Type.Object({ products: Type.Array(productSchema), total: Type.Integer() });

/** The product service: the range, its stock, and who looked at what. */
export function createProductService(env: Environment): { app: App; config: CommonConfig } {
  const config = readConfig(
    {
      ...commonConfig(servicePrograms["product-service"].port),
      /** Most products that the service holds; a further one is refused. */
      MAX_PRODUCTS: wholeNumber({ min: openingRange.length, max: 100_000, default: 1_000 }),
      AUTH_SERVICE_URL: serviceUrl("http://auth-service:3002"),
      /** Longest time for a call to another service, in milliseconds. */
      DEPENDENCY_TIMEOUT_MS: wholeNumber({ min: 1, max: 60_000, default: 3_000 }),
    },
    env,
  );
  const app = createApp({
    service: "product-service",
    config,
    env,
    routes: (scope) => {
      const authentication = new Authentication(config.AUTH_SERVICE_URL, config.DEPENDENCY_TIMEOUT_MS);
      addRoutes(scope, config.MAX_PRODUCTS, authentication);
    },
  });
  return { app, config };
}

function addRoutes(app: App, capacity: number, authentication: Authentication): void {
  const metrics = businessMetrics(app, "product-service");
  const store = new ProductStore(capacity, ({ id, name }, change) => {
    metrics.product_stock_level.inc({ product_id: id, product_name: name }, change);
    metrics.products_viewed_total.inc({ product_id: id }, 0);
  });
  for (const product of openingRange) store.add(product);
  addReading(app, store, metrics);
  addChanging(app, store, metrics, authentication);
  addStockRoutes(app, store);
}

type Metrics = BusinessMetrics<ShopCatalogue, "product-service">;

function addReading(app: App, store: ProductStore, metrics: Metrics): void {
  app.get(
    "/products",
    { schema: { querystring: pageSchema, response: { 200: listSchema, ...problems(400) } } },
    ({ query }) =>
      traced("list products", () => store.list(Number(query.offset ?? 0), Number(query.limit ?? 20))),
  );
  app.get(
    "/products/:id",
    { schema: { params: idSchema, response: { 200: productSchema, ...problems(404) } } },
    ({ params }) => {
      const product = found(store.get(params.id));
      metrics.products_viewed_total.inc({ product_id: product.id });
      return product;
    },
  );
}

/** What staff alone may do. */
function addChanging(app: App, store: ProductStore, metrics: Metrics, authentication: Authentication): void {
  const onRequest = authentication.only("staff");
  app.post(
    "/products",
    {
      onRequest,
      schema: {
        body: newProductSchema,
        response: { 201: productSchema, ...problems(400, 401, 403, 409, 413, 415, 503) },
      },
    },
    (request, reply) => {
      const product = store.add({ ...request.body, price: wholeCents(request.body) });
      if (!product)
        throw new Problem(409, `The range is full: it holds at most ${String(store.capacity)} products.`);
      metrics.products_created_total.inc();
      void reply.code(201);
      return product;
    },
  );
  app.put(
    "/products/:id/stock",
    {
      onRequest,
      schema: {
        params: idSchema,
        body: stockSchema,
        response: { 200: productSchema, ...problems(400, 401, 403, 404, 503) },
      },
    },
    ({ params, body }) => found(store.setStock(params.id, body.stock)),
  );
}

/** What the order service alone calls; the gateway passes nothing on to `/internal`. */
function addStockRoutes(app: App, store: ProductStore): void {
  const body = quantitySchema;
  // Not `/products/:id`, which counts a view.
  app.get(
    "/internal/products/:id",
    { schema: { params: idSchema, response: { 200: productSchema, ...problems(404) } } },
    ({ params }) => found(store.get(params.id)),
  );
  app.post(
    "/internal/products/:id/reservations",
    { schema: { params: idSchema, body, response: { 200: productSchema, ...problems(400, 404, 409) } } },
    ({ params, body: { quantity } }) => {
      const outcome = store.reserve(params.id, quantity);
      if (outcome === "unknown_product") throw unknownProduct();
      if (outcome === "insufficient_stock")
        throw new Problem(409, "There are fewer items in stock than that.");
      return outcome;
    },
  );
  app.post(
    "/internal/products/:id/releases",
    { schema: { params: idSchema, body, response: { 200: productSchema, ...problems(400, 404) } } },
    ({ params, body: { quantity } }) => found(store.release(params.id, quantity)),
  );
}

function wholeCents({ price }: Static<typeof newProductSchema>): number {
  return Math.round(price * 100) / 100;
}

function found(product: Product | undefined): Product {
  if (!product) throw unknownProduct();
  return product;
}

function unknownProduct(): Problem {
  return new Problem(404, "There is no product with this id.");
}
