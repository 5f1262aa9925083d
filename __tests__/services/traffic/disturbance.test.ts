import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { GatewayClient } from "../../../services/traffic/client";
import { Disturbance } from "../../../services/customers/disturbance";
import { Journeys } from "../../../services/traffic/journeys";
import type { Shop } from "../../../services/traffic/shop";
import { Tally } from "../../../services/traffic/tally";

describe("requests to a service that something goes wrong with", () => {
  const asked: string[] = [];
  let server: Server;
  let client: GatewayClient;
  const disturbance = new Disturbance();

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(String(request.headers["x-fault"] ?? ""));
      response.end("{}");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = new URL(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
    client = new GatewayClient(url, new Tally(), { errors: 0, slow: 0 }, disturbance);
  });
  afterAll(() => server.close());

  async function send(
    service: "product-service" | "order-service",
    count: number,
  ): Promise<readonly string[]> {
    asked.length = 0;
    for (let index = 0; index < count; index += 1)
      await client.send(service, { method: "GET", path: "/a/b" });
    return [...asked];
  }

  it("ask for failures and slow answers in their shares, evenly", async () => {
    disturbance.set("product-service", { errors: 1 / 3 });
    disturbance.set("product-service", { slow: 1 / 4, slowMs: 2_750 });
    const sent = await send("product-service", 120);
    const count = (fault: string, among = sent) => among.filter((each) => each === fault).length;
    expect(Math.abs(count("error") - 40)).toBeLessThanOrEqual(1);
    expect(Math.abs(count("slow=2750") - 30)).toBeLessThanOrEqual(1);
    // In any dozen, too.
    for (let at = 0; at < 120; at += 12) {
      expect(Math.abs(count("error", sent.slice(at, at + 12)) - 4)).toBeLessThanOrEqual(1);
    }
    expect(client.sent.faultsAskedFor).toBe(count("error"));
  });

  it("are those to this service alone, and end with it", async () => {
    expect(await send("order-service", 12)).toEqual(Array(12).fill(""));
    disturbance.set("product-service", { errors: 0 });
    disturbance.set("product-service", { slow: 0 });
    expect(await send("product-service", 12)).toEqual(Array(12).fill(""));
  });
});

it("customers whose orders stay away go on looking, logging in and mistyping", async () => {
  const disturbance = new Disturbance();
  const called = new Set<string>();
  const shop = new Proxy({} as Shop, {
    get: (_target, name) => {
      called.add(String(name));
      return () => Promise.resolve([]);
    },
  });
  const journeys = new Journeys(shop, disturbance);
  disturbance.staysAway = true;
  for (let count = 0; count < 300; count += 1) await journeys.go();
  const gone = Object.entries(journeys.gone).flatMap(([name, times]) => (times > 0 ? [name] : []));
  expect(gone.sort()).toEqual(["browse", "logIn", "wrongPassword"]);
  expect(called).not.toContain("order");
  disturbance.staysAway = false;
  for (let count = 0; count < 100; count += 1) await journeys.go();
  expect(journeys.gone.order).toBeGreaterThan(10);
});
