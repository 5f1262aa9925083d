import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { requestJson } from "../../../operations/clients/json-client";
import { freePort } from "../../../operations/loopback-port";
import { withoutCredentials } from "../../../operations/terminal/credentials";
import { urlIn } from "../../../operations/terminal/options";

it.each([
  ["https://user:secret@a.test/path", "https://***@a.test/path"],
  ["https://user:se@cret@a.test", "https://***@a.test"],
  ["ftp://user:secret@a.test and //b:secret@c", "ftp://***@a.test and //***@c"],
  ["https://a.test/path@2", "https://a.test/path@2"],
])("%s is shown without its credentials", (text, shown) => {
  expect(withoutCredentials(text)).toBe(shown);
});

it("an option's URL that is refused is shown without its password", () => {
  expect(() => urlIn("--prometheus", "ftp://user:secret@a.test")).toThrow(
    `--prometheus: expected an http(s) URL, found "ftp://***@a.test".`,
  );
});

it("a client sends a URL's name and password as basic authentication, and shows them in no error", async () => {
  const server = createServer(({ headers, url }, response) => {
    response.writeHead(url === "/fine" ? 200 : 500).end(JSON.stringify(headers.authorization ?? "none"));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base = `http://user:s%40cret@127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  try {
    const expected = `Basic ${Buffer.from("user:s@cret").toString("base64")}`;
    expect(await requestJson(`${base}/fine`)).toBe(expected);
    const failure = requestJson(`${base}/broken`);
    await expect(failure).rejects.toThrow(/^http:\/\/\*\*\*@127\.0\.0\.1:\d+\/broken: 500/);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

it("a client says why nobody answered, and shows no password", async () => {
  const url = `http://user:secret@127.0.0.1:${String(await freePort())}/gone`;
  await expect(requestJson(url)).rejects.toThrow(/^http:\/\/\*\*\*@127\.0\.0\.1:\d+\/gone: .*ECONNREFUSED/);
});
