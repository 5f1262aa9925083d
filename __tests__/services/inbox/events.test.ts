import { TestInbox } from "../../support/inbox";

let inbox: TestInbox;
let url: string;
beforeEach(async () => {
  inbox = new TestInbox();
  url = await inbox.listen();
});
afterEach(() => inbox.close());

const note = (text: string) => inbox.post("/slack/ops", { text });

/** A reader of `/events`, as a browser is one. */
class Reader {
  private readonly aborted = new AbortController();
  private readonly decoder = new TextDecoder();
  private body: ReadableStreamDefaultReader<Uint8Array> | undefined;
  private rest = "";
  lastId: string | undefined;

  async connect(lastId?: string): Promise<this> {
    const response = await fetch(`${url}/events`, {
      signal: this.aborted.signal,
      ...(lastId !== undefined && { headers: { "last-event-id": lastId } }),
    });
    expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    this.body = response.body?.getReader() as ReadableStreamDefaultReader<Uint8Array>;
    return this;
  }

  /** The next events: `reset`, or the title of a message. */
  async next(count: number): Promise<readonly string[]> {
    const seen: string[] = [];
    while (seen.length < count) {
      const end = this.rest.indexOf("\n\n");
      if (end < 0) {
        const { value, done } = (await this.body?.read()) ?? { done: true };
        if (done) throw new Error(`The stream ended after ${seen.join(", ")}.`);
        this.rest += this.decoder.decode(value, { stream: true });
        continue;
      }
      const lines = Object.fromEntries(
        this.rest
          .slice(0, end)
          .split("\n")
          .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)] as const),
      );
      this.rest = this.rest.slice(end + 2);
      if (lines.data === undefined) continue;
      this.lastId = lines.id;
      seen.push(lines.event ?? (JSON.parse(lines.data) as { title: string }).title);
    }
    return seen;
  }

  close(): void {
    this.aborted.abort();
  }
}

describe("events", () => {
  it("bring what is there, then what comes", async () => {
    await note("a");
    const reader = await new Reader().connect();
    expect(await reader.next(2)).toEqual(["reset", "a"]);
    await note("b");
    expect(await reader.next(1)).toEqual(["b"]);
    await inbox.app.inject({ method: "DELETE", url: "/messages" });
    expect(await reader.next(1)).toEqual(["reset"]);
    await note("c");
    expect(await reader.next(1)).toEqual(["c"]);
    reader.close();
  });

  it("bring to who comes back what they missed, and nothing twice", async () => {
    const reader = await new Reader().connect();
    await note("a");
    expect(await reader.next(2)).toEqual(["reset", "a"]);
    reader.close();
    await note("b");
    await note("c");
    const again = await new Reader().connect(reader.lastId);
    expect(await again.next(2)).toEqual(["b", "c"]);
    again.close();
  });

  it("begin anew for who comes back too late, or from another run", async () => {
    await inbox.close();
    inbox = new TestInbox({ MESSAGES_KEPT: "5" });
    url = await inbox.listen();
    const reader = await new Reader().connect();
    await note("first");
    await reader.next(2);
    reader.close();
    for (let n = 1; n <= 6; n += 1) await note(`n${String(n)}`);
    for (const id of [reader.lastId, "00000000-5", "nonsense", `${String(reader.lastId)}999`]) {
      const again = await new Reader().connect(id);
      expect(await again.next(3)).toEqual(["reset", "n2", "n3"]);
      again.close();
    }
  });

  it("reach a slow reader whole and in order", async () => {
    const reader = await new Reader().connect();
    const big = "x".repeat(30_000);
    for (let n = 1; n <= 300; n += 1) await note(`n${String(n)}\n${big}`);
    expect(await reader.next(301)).toEqual([
      "reset",
      ...Array.from({ length: 300 }, (_, n) => `n${String(n + 1)}`),
    ]);
    reader.close();
  });

  it("end when the service does", async () => {
    const reader = await new Reader().connect();
    await reader.next(1);
    const end = expect(reader.next(1)).rejects.toThrow("The stream ended");
    await inbox.close();
    await end;
  });
});
