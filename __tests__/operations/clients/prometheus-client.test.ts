import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { PrometheusClient } from "../../../operations/clients/prometheus-client";

let answer: { readonly status: number; readonly body: string };
let server: Server;
let client: PrometheusClient;

beforeAll(async () => {
  server = createServer((_request, response) => {
    response.writeHead(answer.status).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  client = new PrometheusClient(
    `http://somebody:geheim@127.0.0.1:${String((server.address() as AddressInfo).port)}`,
  );
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

it("gives the data of an answer", async () => {
  answer = { status: 200, body: '{"status":"success","data":{"a":1}}' };
  expect(await client.get("/api/v1/labels")).toEqual({ a: 1 });
  expect(await client.post("/api/v1/labels", new URLSearchParams(), 5_000)).toEqual({ a: 1 });
});

it.each([
  [200, "<html>Login</html>", "no JSON, but <html>Login</html>"],
  [200, "{}", "no answer of Prometheus's API, but {}"],
  [200, "null", "no answer of Prometheus's API, but null"],
  [200, "", "no answer of Prometheus's API, but undefined"],
  [200, "7", "no answer of Prometheus's API, but 7"],
  [500, "in trouble", "500 in trouble"],
])("says of %d %j where it came from, without the password", async (status, body, said) => {
  answer = { status, body };
  for (const asked of [
    client.get("/api/v1/labels"),
    client.post("/api/v1/labels", new URLSearchParams(), 5_000),
  ]) {
    const error: unknown = await asked.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "RequestError" });
    expect((error as Error).message).toMatch(/^http:\/\/\*\*\*@127\.0\.0\.1:\d+\/api\/v1\/labels: /);
    expect((error as Error).message).toContain(said);
  }
});
