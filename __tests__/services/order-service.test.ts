import type { App } from "../../services/platform/app";
import { countedIn, exposedBy, valueOf } from "../support/metrics-of";
import { ServiceApps } from "../support/service-apps";
import { until } from "../support/until";

interface Product {
  id: string;
  name: string;
  price: number;
  stock: number;
}
interface Order {
  id: string;
  status: string;
  total: number;
}

describe("order service", () => {
  const apps = new ServiceApps();
  let app: App;
  let products: readonly Product[];
  let productService: App;
  let token: string;
  let urls: { PRODUCT_SERVICE_URL: string; AUTH_SERVICE_URL: string };

  beforeEach(async () => {
    const product = await apps.listen("product-service");
    const auth = await apps.listen("auth-service");
    urls = { PRODUCT_SERVICE_URL: product.url, AUTH_SERVICE_URL: auth.url };
    productService = product.app;
    products = (await product.app.inject("/products")).json<{ products: Product[] }>().products;
    token = await newToken(auth.app, "joe");
    app = apps.create("order-service", { ...urls, ORDER_STEP_MS: "0", MAX_ORDERS: "3" });
  });
  afterEach(() => apps.close());

  async function newToken(auth: App, username: string): Promise<string> {
    const payload = { username, password: "12345678" };
    await auth.inject({ method: "POST", url: "/register", payload });
    return (await auth.inject({ method: "POST", url: "/login", payload })).json<{ token: string }>().token;
  }
  const named = (name: string): Product => {
    const product = products.find((each) => each.name === name);
    if (!product) throw new Error(`there is no ${name}`);
    return product;
  };
  const send = (method: "GET" | "POST", url: string, payload?: unknown, bearer = token) =>
    app.inject({
      method,
      url,
      headers: bearer === "" ? {} : { authorization: `Bearer ${bearer}` },
      ...(payload !== undefined && { payload: payload as object }),
    });
  const order = (name: string, quantity = 1, bearer = token) =>
    send("POST", "/orders", { lines: [{ productId: named(name).id, quantity }] }, bearer);
  const stockOf = async (name: string) =>
    (await productService.inject(`/products/${named(name).id}`)).json<Product>().stock;
  const counted = async () => {
    const families = await exposedBy(app);
    return {
      attempts: valueOf(families, "orders_total"),
      created: valueOf(families, "orders_created_total"),
      failed: countedIn(families, "orders_failed_total"),
      active: countedIn(families, "active_orders"),
    };
  };

  it("takes an order: prices it, takes the items out of the stock, and counts it", async () => {
    const before = await stockOf("Desk lamp");
    const response = await send("POST", "/orders", {
      lines: [
        { productId: named("Desk lamp").id, quantity: 3 },
        { productId: named("Notebook, dotted").id, quantity: 1 },
      ],
    });
    expect(response.statusCode).toBe(201);
    expect(response.json<Order>()).toMatchObject({ status: "pending", total: 233.2 });
    expect(await stockOf("Desk lamp")).toBe(before - 3);
    expect(await counted()).toEqual({ attempts: 1, created: 1, failed: [], active: ["pending 1"] });
    const families = await exposedBy(app);
    expect(valueOf(families, "order_value_dollars_sum")).toBe(233.2);
    expect(valueOf(families, "order_value_dollars_bucket", { le: "500" })).toBe(1);
  });

  it("moves an order through its states, and no other way", async () => {
    const { id } = (await order("Backpack")).json<Order>();
    expect((await send("POST", `/orders/${id}/ship`)).statusCode).toBe(409);
    expect((await send("POST", `/orders/${id}/pay`)).json<Order>().status).toBe("paid");
    expect((await send("POST", `/orders/${id}/pay`)).json<{ detail: string }>().detail).toBe(
      "An order that is paid cannot become paid.",
    );
    expect((await send("POST", `/orders/${id}/ship`)).json<Order>().status).toBe("shipped");
    expect((await send("POST", `/orders/${id}/cancel`)).statusCode).toBe(409);
    expect((await counted()).active).toEqual(["shipped 1"]);
  });

  it("puts the items of a cancelled order back", async () => {
    const before = await stockOf("Laptop");
    const { id } = (await order("Laptop", 2)).json<Order>();
    expect(await stockOf("Laptop")).toBe(before - 2);
    expect((await send("POST", `/orders/${id}/cancel`)).json<Order>().status).toBe("cancelled");
    expect(await stockOf("Laptop")).toBe(before);
    expect((await counted()).active).toEqual(["cancelled 1"]);
  });

  it("moves orders on by itself where that is asked for", async () => {
    app = apps.create("order-service", { ...urls, ORDER_STEP_MS: "20" });
    const { id } = (await order("Backpack")).json<Order>();
    await until(async () => (await counted()).active[0] === "shipped 1");
    expect((await send("GET", `/orders/${id}`)).json<Order>().status).toBe("shipped");
  });

  it("shows each user the own orders only", async () => {
    const { id } = (await order("Backpack")).json<Order>();
    const auth = await apps.listen("auth-service");
    const two = apps.create("order-service", { ...urls, AUTH_SERVICE_URL: auth.url });
    expect(
      (await two.inject({ url: `/orders/${id}`, headers: { authorization: `Bearer ${token}` } })).statusCode,
    ).toBe(401);
    expect((await send("GET", "/orders")).json<{ orders: Order[] }>().orders.map((each) => each.id)).toEqual([
      id,
    ]);
    expect((await send("GET", `/orders/${id}`)).statusCode).toBe(200);
    expect((await send("GET", "/orders/unknown")).statusCode).toBe(404);
  });

  it("counts what comes without a token that holds as no attempt, whatever its body", async () => {
    expect((await order("Backpack", 1, "")).statusCode).toBe(401);
    expect((await order("Backpack", 1, "rubbish")).statusCode).toBe(401);
    expect((await send("POST", "/orders", { lines: "all" }, "")).statusCode).toBe(401);
    expect(await counted()).toEqual({ attempts: 0, created: 0, failed: [], active: [] });
    expect(countedIn(await exposedBy(app), "http_requests_total")).toEqual(["POST /orders 401 3"]);
  });

  it("counts every failed attempt under its reason, and nothing stays reserved", async () => {
    const before = await stockOf("Notebook, dotted");
    const both = (productId: string) => ({
      lines: [
        { productId: named("Notebook, dotted").id, quantity: 1 },
        { productId, quantity: 1 },
      ],
    });
    expect((await send("POST", "/orders", { lines: [] })).statusCode).toBe(400);
    expect((await send("POST", "/orders", both("unknown"))).statusCode).toBe(422);
    expect((await send("POST", "/orders", both(named("Pencil, limited edition").id))).statusCode).toBe(409);
    expect((await order("Workstation", 3)).statusCode).toBe(402);
    expect(await stockOf("Notebook, dotted")).toBe(before);
    expect(await counted()).toEqual({
      attempts: 4,
      created: 0,
      failed: ["insufficient_stock 1", "invalid_order 1", "payment_declined 1", "unknown_product 1"],
      active: [],
    });
  });

  it("answers 503 when another service is gone or gives nonsense, and tells nothing of the inside", async () => {
    for (const env of [
      { AUTH_SERVICE_URL: "http://127.0.0.1:1" },
      { AUTH_SERVICE_URL: urls.PRODUCT_SERVICE_URL },
    ]) {
      app = apps.create("order-service", { ...urls, ...env });
      const response = await order("Backpack");
      expect(response.statusCode).toBe(503);
      expect(response.body).not.toMatch(/127\.0\.0\.1|ECONN/);
      expect(await counted()).toMatchObject({ attempts: 1, failed: ["dependency_unavailable 1"] });
    }
  });

  it("holds a bounded number of orders: finished ones go, unfinished ones stay and others are refused", async () => {
    const ids = [];
    for (let index = 0; index < 3; index++) ids.push((await order("Backpack")).json<Order>().id);
    expect((await order("Backpack")).statusCode).toBe(503);
    await send("POST", `/orders/${ids[1] ?? ""}/cancel`);
    expect((await order("Backpack")).statusCode).toBe(201);
    expect((await send("GET", `/orders/${ids[1] ?? ""}`)).statusCode).toBe(404);
    expect((await counted()).active).toEqual(["pending 3"]);
  });

  it.each([
    ["POST", "/orders", [], 400],
    ["POST", "/orders", {}, 400],
    ["POST", "/orders", { lines: "all" }, 400],
    ["POST", "/orders", { lines: [{ productId: "a", quantity: -1 }] }, 400],
    ["POST", "/orders", { lines: [{ productId: "a", quantity: 0 }] }, 400],
    ["POST", "/orders", { lines: [{ productId: "a", quantity: 1.5 }] }, 400],
    ["POST", "/orders", { lines: [{ productId: "a", quantity: "1" }] }, 400],
    ["POST", "/orders", { lines: [{ productId: 1, quantity: 1 }] }, 400],
    ["POST", "/orders", { lines: [{ productId: "a", quantity: 1, price: 0 }] }, 400],
    ["POST", "/orders", { lines: Array(21).fill({ productId: "a", quantity: 1 }) }, 400],
    ["POST", "/orders", { lines: [{ productId: "x".repeat(20_000), quantity: 1 }] }, 413],
    ["POST", "/orders/unknown/pay", undefined, 404],
    ["POST", "/orders/unknown/ship", undefined, 404],
    ["POST", "/orders/unknown/cancel", undefined, 404],
    ["POST", "/orders/unknown/refund", undefined, 404],
    ["GET", "/orders/../metrics/x", undefined, 404],
  ] as const)("answers %s %s with %j by %i and a problem", async (method, url, payload, status) => {
    const response = await send(method, url, payload);
    expect(response.statusCode).toBe(status);
    expect(response.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
    const { attempts, created, failed } = await counted();
    expect([attempts, created, failed]).toEqual(url === "/orders" ? [1, 0, ["invalid_order 1"]] : [0, 0, []]);
  });

  it.each(["/orders", "/orders/1"])("does not show %s without a token", async (url) => {
    expect((await send("GET", url, undefined, "")).statusCode).toBe(401);
    const basic = await app.inject({ url, headers: { authorization: "Basic am9lOjEyMw==" } });
    expect(basic.statusCode).toBe(401);
  });
});
