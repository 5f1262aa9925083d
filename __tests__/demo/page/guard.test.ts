import type { IncomingMessage } from "node:http";
import { refuseChange, refuseRead } from "../../../demo/page/guard";

const token = "t".repeat(32);
const own = { host: "127.0.0.1:3300", origin: "http://127.0.0.1:3300", "x-demo-token": token };

function request(headers: Readonly<Record<string, string | undefined>>, method = "POST"): IncomingMessage {
  return { method, headers } as unknown as IncomingMessage;
}

it("lets the page itself change something", () => {
  expect(refuseChange(request(own), token)).toBeUndefined();
  const byName = { ...own, host: "localhost:3300", origin: "http://localhost:3300" };
  expect(refuseChange(request(byName), token)).toBeUndefined();
});

it.each([
  ["another origin", { origin: "http://evil.example" }, 403, 'Origin: found "http://evil.example"'],
  ["another port of this machine", { origin: "http://127.0.0.1:8025" }, 403, "Origin: found"],
  ["no origin", { origin: undefined }, 403, "Origin: found none"],
  ["no token", { "x-demo-token": undefined }, 403, "x-demo-token: found none"],
  ["another token", { "x-demo-token": "u".repeat(32) }, 403, "x-demo-token: found another"],
  ["a shorter token", { "x-demo-token": "t" }, 403, "x-demo-token: found another"],
  ["another host", { host: "evil.example", origin: "http://evil.example" }, 403, "Host: found"],
  ["another site", { "sec-fetch-site": "cross-site" }, 403, "Sec-Fetch-Site: found"],
])("refuses a change from %s", (_what, headers, status, message) => {
  const refused = refuseChange(request({ ...own, ...headers }), token);
  expect(refused?.status).toBe(status);
  expect(refused?.message).toContain(message);
});

it("refuses a change by a link", () => {
  expect(refuseChange(request(own, "GET"), token)?.status).toBe(405);
});

it("shows the page under this machine's own names alone, whoever links to it", () => {
  const link = { host: "127.0.0.1:3300", "sec-fetch-site": "cross-site" };
  expect(refuseRead(request(link, "GET"), true)).toBeUndefined();
  expect(refuseRead(request(link, "GET"), false)?.status).toBe(403);
  expect(refuseRead(request({ host: "evil.example:3300" }, "GET"), true)?.status).toBe(403);
});
