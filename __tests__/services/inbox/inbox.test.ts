import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { TestInbox } from "../../support/inbox";

let inbox: TestInbox;
beforeEach(() => {
  inbox = new TestInbox();
});
afterEach(() => inbox.close());

const note = (text: string, receiver = "ops") => inbox.post(`/slack/${receiver}`, { text });
const request = (method: "GET" | "PUT" | "DELETE", url: string, payload?: object) =>
  inbox.app.inject({ method, url, ...(payload && { payload }) });

describe("messages", () => {
  it("are listed newest first, by receiver and status, so many as asked for", async () => {
    await note("[FIRING:1] a");
    await note("[RESOLVED] a");
    await note("[FIRING:1] b", "other");
    const titles = async (query: string) => (await inbox.messages(query)).map(({ title }) => title);
    expect(await titles("")).toEqual(["[FIRING:1] b", "[RESOLVED] a", "[FIRING:1] a"]);
    expect(await titles("?receiver=ops")).toEqual(["[RESOLVED] a", "[FIRING:1] a"]);
    expect(await titles("?status=firing")).toEqual(["[FIRING:1] b", "[FIRING:1] a"]);
    expect(await titles("?status=firing&receiver=ops&limit=1")).toEqual(["[FIRING:1] a"]);
    expect(new Set((await inbox.messages()).map(({ id }) => id)).size).toBe(3);
  });

  it.each(["?limit=0", "?limit=x", "?status=broken", "?reciever=ops"])(
    "are not listed for %s",
    async (query) => {
      expect((await request("GET", `/messages${query}`)).statusCode).toBe(400);
    },
  );

  it("are kept up to 1,000", async () => {
    for (let n = 1; n <= 1_001; n += 1) await note(`n${String(n)}`);
    const messages = await inbox.messages();
    expect([messages.length, messages[0]?.title, messages.at(-1)?.title]).toEqual([1_000, "n1001", "n2"]);
  });

  it("are deleted", async () => {
    await note("a");
    expect((await request("DELETE", "/messages")).statusCode).toBe(204);
    expect(await inbox.messages()).toEqual([]);
  });

  it("are at most as big as the limit", async () => {
    expect(await note("x".repeat(1024 * 1024))).toMatchObject({ status: 413 });
    expect(await inbox.messages()).toEqual([]);
  });
});

describe("a receiver that was told to fail", () => {
  it("answers with that status, keeps nothing, and is mended", async () => {
    expect((await request("PUT", "/receivers/ops/fault", { status: 503 })).statusCode).toBe(204);
    expect(await note("a")).toMatchObject({ status: 503 });
    expect(await note("b", "other")).toMatchObject({ status: 200 });
    await request("DELETE", "/receivers/ops/fault");
    expect(await note("c")).toMatchObject({ status: 200 });
    expect((await inbox.messages()).map(({ title }) => title)).toEqual(["c", "b"]);
  });

  it("never answers, and cuts off who waits when it is mended", async () => {
    const url = await inbox.listen();
    await request("PUT", "/receivers/ops/fault", { silent: true });
    let isOver = false;
    const arrived = once(inbox.app.server, "request");
    const waiting = fetch(`${url}/slack/ops`, { method: "POST", body: "{}" }).finally(() => {
      isOver = true;
    });
    const outcome = expect(waiting).rejects.toThrow("fetch failed");
    await arrived;
    await sleep(200);
    expect(isOver).toBe(false);
    await request("DELETE", "/receivers/ops/fault");
    await outcome;
    expect(await inbox.messages()).toEqual([]);
  });

  it.each([{}, { status: 200 }, { silent: false }, { status: 500, silent: true }])(
    "cannot be told %j",
    async (fault) => {
      expect((await request("PUT", "/receivers/ops/fault", fault)).statusCode).toBe(400);
      expect(await note("a")).toMatchObject({ status: 200 });
    },
  );
});

describe("the service", () => {
  it("has health routes", async () => {
    for (const path of ["/health/live", "/health/ready"]) {
      expect((await request("GET", path)).json()).toEqual({ status: "ok" });
    }
  });

  it("serves its page with a policy that lets nothing in", async () => {
    const page = await request("GET", "/");
    expect(page.headers["content-security-policy"]).toMatch(/^default-src 'none'; script-src 'self';/);
    for (const [, path] of page.body.matchAll(/(?:src|href)="(page\.\w+)"/g)) {
      expect((await request("GET", `/${path ?? ""}`)).statusCode).toBe(200);
    }
  });

  it("says all that is wrong with its variables", () => {
    expect(() => new TestInbox({ PORT: "x", SMTP_PORT: "70000" })).toThrow(/PORT: .*\n.*SMTP_PORT: /);
  });
});
