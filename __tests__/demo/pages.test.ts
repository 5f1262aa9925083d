import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import type { Demo } from "../../demo/demo";
import { executableKinds, type ExecutableName } from "../../demo/executables";
import { findPages } from "../../demo/pages";
import type { PlannedExecutable } from "../../demo/plan";
import { describeDemo } from "../../demo/words";

const kindOf = (program: ExecutableName) => executableKinds.find(({ name }) => name === program);
const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

/** What the demo says of a program that answers so at its paths, and 404 at others. */
async function saidOf(
  statuses: Readonly<Record<string, number>>,
  program: ExecutableName = "prometheus",
  body = "",
): Promise<string | undefined> {
  const server = createServer((request, response) => {
    response.writeHead(statuses[request.url ?? ""] ?? 404).end(body);
  }).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const executable = { kind: kindOf(program), url, container: { name: program } } as PlannedExecutable;
  const demo = {
    programs: [{ name: program, url }],
    versions: [],
    pages: await findPages({ executables: [executable] }),
    missing: [],
    watched: [],
    absent: [],
    serviceUrls: {},
  } as unknown as Demo;
  return new RegExp(`^${program} +http\\S+ +(.+)$`, "m").exec(describeDemo(demo, 200))?.[1];
}

it.each([
  ["Prometheus 3", { "/targets": 200, "/alerts": 200 }, "targets at /targets, alerts at /alerts"],
  [
    "Debian's 2.42",
    { "/classic/targets": 200, "/classic/alerts": 200 },
    "targets at /classic/targets, alerts at /classic/alerts",
  ],
  [
    "a build without pages",
    { "/targets": 500, "/alerts": 500 },
    "no pages in this build; targets at /api/v1/targets, alerts at /api/v1/alerts",
  ],
])("links to %s lead to what it shows", async (_, statuses, words) => {
  expect(await saidOf(statuses)).toBe(words);
});

it.each([
  ["a Jaeger with pages", "<title>Jaeger UI</title>", "traces at /search"],
  [
    "one without, which shows others in their place",
    "This is a placeholder for the Jaeger UI home page.",
    "no pages in this build; traces at /api/services",
  ],
])("links to %s lead to what it shows", async (_, body, words) => {
  expect(await saidOf({ "/search": 200, "/api/services": 200 }, "jaeger", body)).toBe(words);
});
