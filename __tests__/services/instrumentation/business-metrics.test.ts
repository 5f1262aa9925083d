import Fastify, { type FastifyInstance } from "fastify";
import { dollars } from "../../../metrics/units";
import { servicesOf } from "../../../metrics/catalogue";
import { businessMetrics, instrumentation } from "../../support/instrumentation";
import { countedIn, exposedBy, valueOf } from "../../support/metrics-of";
import { catalogue } from "../../support/system";

describe("business metrics", () => {
  let app: FastifyInstance;
  beforeEach(() => {
    app = Fastify();
  });
  afterEach(() => app.close());

  it("have all known label sets at 0 from the start", async () => {
    await app.register(instrumentation, { service: "order-service", env: {} });
    const families = await exposedBy(app);
    const reasons = catalogue.metrics.orders_failed_total.labels.reason.values;
    for (const reason of reasons) expect(valueOf(families, "orders_failed_total", { reason })).toBe(0);
    expect(valueOf(families, "orders_total")).toBe(0);
    expect(valueOf(families, "order_value_dollars_count")).toBe(0);
    expect(valueOf(families, "active_orders", { status: "shipped" })).toBe(0);
  });

  it("count, whether taken before or after the registration", async () => {
    const before = businessMetrics(app, "order-service");
    await app.register(instrumentation, { service: "order-service", env: {} });
    const after = businessMetrics(app, "order-service");
    before.orders_total.inc();
    after.orders_total.inc(2);
    before.orders_failed_total.inc({ reason: "invalid_order" });
    before.order_value_dollars.observe(dollars(99.5));
    before.active_orders.set({ status: "paid" }, 7);
    before.active_orders.dec({ status: "paid" });
    const families = await exposedBy(app);
    expect(valueOf(families, "orders_total")).toBe(3);
    expect(countedIn(families, "orders_failed_total")).toEqual(["invalid_order 1"]);
    expect(valueOf(families, "order_value_dollars_sum")).toBe(99.5);
    expect(valueOf(families, "order_value_dollars_bucket", { le: "50" })).toBe(0);
    expect(valueOf(families, "order_value_dollars_bucket", { le: "100" })).toBe(1);
    expect(countedIn(families, "active_orders")).toEqual(["paid 6"]);
  });

  it("keep the first 100 products apart and count the others together, in every metric the same ones", async () => {
    const metrics = businessMetrics(app, "product-service");
    await app.register(instrumentation, { service: "product-service", env: {} });
    for (let index = 0; index < 150; index++) {
      const product_id = `p${String(index)}`;
      metrics.product_stock_level.inc({ product_id, product_name: `name ${String(index)}` }, 10);
    }
    for (let index = 149; index >= 0; index--)
      metrics.products_viewed_total.inc({ product_id: `p${String(index)}` });
    const families = await exposedBy(app);
    expect(families.get("product_stock_level")?.samples).toHaveLength(101);
    expect(valueOf(families, "product_stock_level", { product_id: "other", product_name: "other" })).toBe(
      500,
    );
    expect(valueOf(families, "products_viewed_total", { product_id: "other" })).toBe(50);
    expect(valueOf(families, "products_viewed_total", { product_id: "p99" })).toBe(1);
    expect(valueOf(families, "products_viewed_total", { product_id: "p100" })).toBeUndefined();
  });

  it("keep the name with which a product came first", async () => {
    const metrics = businessMetrics(app, "product-service");
    await app.register(instrumentation, { service: "product-service", env: {} });
    metrics.product_stock_level.inc({ product_id: "p", product_name: "old" }, 1);
    metrics.product_stock_level.inc({ product_id: "p", product_name: "new" }, 1);
    expect(countedIn(await exposedBy(app), "product_stock_level")).toEqual(["p old 2"]);
  });

  it("refuse at run time what the compiler was told to let pass", () => {
    const metrics = businessMetrics(app, "order-service");
    expect(() => {
      // @ts-expect-error "bad_luck" is no reason
      metrics.orders_failed_total.inc({ reason: "bad_luck" });
    }).toThrow('orders_failed_total does not allow reason="bad_luck"; allowed are invalid_order');
    expect(() => {
      // @ts-expect-error a label is missing
      metrics.orders_failed_total.inc();
    }).toThrow('orders_failed_total needs the label "reason"');
    expect(() => {
      // @ts-expect-error there is no such label
      metrics.orders_failed_total.inc({ reason: "invalid_order", colour: "red" });
    }).toThrow('orders_failed_total has no label "colour"');
  });

  /* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access --
     what the compiler refuses has no type */
  it("do not compile with a wrong metric, service, label, value or method", () => {
    const compile = () => {
      const order = businessMetrics(app, "order-service");
      const product = businessMetrics(app, "product-service");
      // @ts-expect-error another service's metric
      order.registrations_total.inc();
      // @ts-expect-error no such metric
      order.orders_lost_total.inc();
      // @ts-expect-error every service's metric, which the instrumentation counts
      order.http_requests_total.inc();
      // @ts-expect-error no such service
      businessMetrics(app, "toy-service");
      // @ts-expect-error a counter only grows
      order.orders_total.dec();
      // @ts-expect-error a metric without labels
      order.orders_total.inc({ reason: "invalid_order" });
      // @ts-expect-error a histogram is observed
      order.order_value_dollars.inc();
      // @ts-expect-error the products counted together have one series, which cannot be set to one product's value
      product.product_stock_level.set({ product_id: "p", product_name: "n" }, 1);
      // @ts-expect-error a label is missing
      product.product_stock_level.inc({ product_id: "p" });
    };
    expect(compile).toBeInstanceOf(Function);
  });
  /* eslint-enable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access */

  it("are those of one service", async () => {
    await app.register(instrumentation, { service: "order-service", env: {} });
    expect(() => businessMetrics(app, "auth-service")).toThrow(
      'This application already measures as "order-service", it cannot also be "auth-service".',
    );
    // @ts-expect-error no such service
    expect(() => businessMetrics(Fastify(), "toy-service")).toThrow(
      'The catalogue has no service "toy-service"',
    );
  });

  it.each(servicesOf(catalogue))("of %s come in more than 50 series with the others", async (service) => {
    await app.register(instrumentation, { service, env: {} });
    const series = [...(await exposedBy(app)).values()].flatMap(({ samples }) => samples);
    expect(series.length).toBeGreaterThan(50);
  });
});
