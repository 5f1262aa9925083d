import type { App } from "../../services/platform/app";
import { countedIn, exposedBy, valueOf } from "../support/metrics-of";
import { ServiceApps } from "../support/service-apps";
import { temporaryFolder } from "../support/temporary-folder";

const folder = temporaryFolder();

interface Product {
  id: string;
  name: string;
  price: number;
  stock: number;
}

describe("product service", () => {
  const apps = new ServiceApps();
  let app: App;
  let auth: { url: string; token: string };
  beforeEach(async () => {
    auth = await apps.listenWithStaff(folder());
    app = apps.create("product-service", { MAX_PRODUCTS: "14", AUTH_SERVICE_URL: auth.url });
  });
  afterEach(() => apps.close());

  const list = async () => (await app.inject("/products")).json<{ products: Product[]; total: number }>();
  const first = async () => {
    const { products } = await list();
    if (!products[0]) throw new Error("there is no product");
    return products[0];
  };
  const asStaff = () => ({ authorization: `Bearer ${auth.token}` });
  const post = (url: string, payload: unknown) =>
    app.inject({ method: "POST", url, headers: asStaff(), payload: payload as object });

  it("lists its opening range, in pages", async () => {
    const { products, total } = await list();
    expect(products).toHaveLength(total);
    const page = (await app.inject("/products?offset=2&limit=3")).json<{ products: Product[] }>();
    expect(page.products).toEqual(products.slice(2, 5));
  });

  it("shows a product and counts the view", async () => {
    const { id, name } = await first();
    expect((await app.inject(`/products/${id}`)).json<Product>().name).toBe(name);
    await app.inject("/products/unknown");
    expect(countedIn(await exposedBy(app), "products_viewed_total")).toEqual([`${id} 1`]);
  });

  it("adds products up to its bound", async () => {
    const product = { name: "Stapler", price: 12.345, stock: 3 };
    const created = await post("/products", product);
    expect(created.statusCode).toBe(201);
    expect(created.json()).toEqual({ ...product, price: 12.35, id: expect.any(String) as string });
    expect((await post("/products", product)).statusCode).toBe(201);
    const refused = await post("/products", product);
    expect(refused.statusCode).toBe(409);
    expect(refused.json<{ detail: string }>().detail).toBe(
      "The range is full: it holds at most 14 products.",
    );
    expect(valueOf(await exposedBy(app), "products_created_total")).toBe(2);
  });

  it("lets staff alone change the range and the stock", async () => {
    const { id, stock } = await first();
    const payload = { username: "joe", password: "12345678" };
    const register = (url: string) => fetch(`${auth.url}${url}`, jsonPost(payload));
    await register("/register");
    const { token: ofCustomer } = (await (await register("/login")).json()) as { token: string };
    const writes = [
      { method: "POST", url: "/products", payload: { name: "Stapler", price: 12, stock: 3 } },
      { method: "PUT", url: `/products/${id}/stock`, payload: { stock: 0 } },
    ] as const;
    for (const [authorization, status] of [
      [undefined, 401],
      ["Bearer rubbish", 401],
      [`Bearer ${ofCustomer}`, 403],
    ] as const) {
      for (const write of writes) {
        const response = await app.inject({ ...write, ...(authorization && { headers: { authorization } }) });
        expect([write.url, authorization, response.statusCode]).toEqual([write.url, authorization, status]);
      }
    }
    expect((await first()).stock).toBe(stock);
    expect(valueOf(await exposedBy(app), "products_created_total")).toBe(0);
  });

  it("answers 503 where nobody can tell whose a token is", async () => {
    app = apps.create("product-service", { AUTH_SERVICE_URL: "http://127.0.0.1:1" });
    expect((await post("/products", { name: "Stapler", price: 12, stock: 3 })).statusCode).toBe(503);
  });

  it("takes items out of the stock and puts them back, and shows the level", async () => {
    const { id, name } = await first();
    const headers = asStaff();
    await app.inject({ method: "PUT", url: `/products/${id}/stock`, headers, payload: { stock: 5 } });
    const reserve = (quantity: number) => post(`/internal/products/${id}/reservations`, { quantity });
    expect((await reserve(3)).json<Product>().stock).toBe(2);
    expect((await reserve(3)).statusCode).toBe(409);
    await post(`/internal/products/${id}/releases`, { quantity: 1 });
    const labels = { product_id: id, product_name: name };
    expect(valueOf(await exposedBy(app), "product_stock_level", labels)).toBe(3);
  });

  it.each([
    ["GET", "/products/unknown", undefined, 404],
    ["GET", "/products?limit=0", undefined, 400],
    ["GET", "/products?limit=101", undefined, 400],
    ["GET", "/products?offset=-1", undefined, 400],
    ["GET", "/products?colour=red", undefined, 400],
    ["GET", "/products/%zz", undefined, 400],
    ["GET", `/products/${"x".repeat(300)}`, undefined, 414],
    ["POST", "/products", undefined, 400],
    ["POST", "/products", {}, 400],
    ["POST", "/products", [], 400],
    ["POST", "/products", { name: "a", price: "12", stock: 1 }, 400],
    ["POST", "/products", { name: "a", price: -1, stock: 1 }, 400],
    ["POST", "/products", { name: "a", price: 1, stock: -1 }, 400],
    ["POST", "/products", { name: "a", price: 1, stock: 1.5 }, 400],
    ["POST", "/products", { name: "", price: 1, stock: 1 }, 400],
    ["POST", "/products", { name: "a\u0000b", price: 1, stock: 1 }, 400],
    ["POST", "/products", { name: "a", price: 1, stock: 1, id: "mine" }, 400],
    ["POST", "/products", { name: "x".repeat(20_000), price: 1, stock: 1 }, 413],
    ["PUT", "/products/unknown/stock", { stock: 1 }, 404],
    ["PUT", "/products/unknown/stock", { stock: -1 }, 400],
    ["POST", "/internal/products/unknown/reservations", { quantity: 1 }, 404],
    ["POST", "/internal/products/unknown/reservations", { quantity: 0 }, 400],
    ["POST", "/internal/products/unknown/releases", { quantity: 1 }, 404],
    ["POST", "/internal/products/unknown/releases", { quantity: "1" }, 400],
    ["GET", "/internal/products/unknown", undefined, 404],
    ["DELETE", "/products", undefined, 404],
  ] as const)("answers %s %s with %j by %i and a problem", async (method, url, payload, status) => {
    const response = await app.inject({ method, url, headers: asStaff(), ...(payload && { payload }) });
    expect(response.statusCode).toBe(status);
    expect(response.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
    expect(response.json()).toMatchObject({ type: "about:blank", status });
    expect(response.body).not.toMatch(/node_modules|\.ts\b|\\n/);
  });

  it("answers broken JSON and other types of body with a problem", async () => {
    const send = (type: string, payload: string) =>
      app.inject({
        method: "POST",
        url: "/products",
        headers: { ...asStaff(), "content-type": type },
        payload,
      });
    expect((await send("application/json", '{"name":')).statusCode).toBe(400);
    expect((await send("text/csv", "a,b")).statusCode).toBe(415);
    expect(
      (await send("application/json", '{"__proto__":{"x":1},"name":"a","price":1,"stock":1}')).statusCode,
    ).toBe(400);
  });
});

function jsonPost(body: object): RequestInit {
  return { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

describe("faults on request", () => {
  const apps = new ServiceApps();
  afterEach(() => apps.close());

  it("are off by default", async () => {
    const app = apps.create("product-service");
    expect((await app.inject({ url: "/products", headers: { "x-fault": "error" } })).statusCode).toBe(200);
  });

  it("fail and delay answers where they are on, but for health and metrics", async () => {
    const app = apps.create("product-service", { FAULT_INJECTION: "on" });
    expect((await app.inject({ url: "/products", headers: { "x-fault": "error" } })).statusCode).toBe(500);
    expect((await app.inject({ url: "/health", headers: { "x-fault": "error" } })).statusCode).toBe(200);
    const start = performance.now();
    expect((await app.inject({ url: "/products", headers: { "x-fault": "slow" } })).statusCode).toBe(200);
    expect(performance.now() - start).toBeGreaterThan(700);
    const again = performance.now();
    expect((await app.inject({ url: "/products", headers: { "x-fault": "slow=1200" } })).statusCode).toBe(
      200,
    );
    expect(performance.now() - again).toBeGreaterThan(1_150);
  });
});
