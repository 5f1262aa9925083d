import fc from "fast-check";
import { kinds } from "../../../services/inbox/kinds";
import { statuses } from "../../../services/inbox/message";
import { TestInbox } from "../../support/inbox";
import { codePoint } from "../../support/code-point";

const inbox = new TestInbox();
afterAll(() => inbox.close());

const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
const json = fc.json({ maxDepth: 4 }).map((text) => Buffer.from(text));
const names = [
  "text",
  "content",
  "attachments",
  "embeds",
  "blocks",
  "fields",
  "title",
  "color",
  "type",
  "payload",
];
const others = [
  "event_action",
  "routing_key",
  "dedup_key",
  "summary",
  "@type",
  "status",
  "alerts",
  "__proto__",
  "constructor",
];
/** JSON whose names are those that the kinds read. */
const likely = fc
  .letrec<{ value: unknown; object: object }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom("trigger", "message", "MessageCard", "section", "4", "firing", "", null, 0, 1e308),
      fc.string({ unit: codePoint }),
      fc.integer(),
      fc.array(tie("value"), { maxLength: 3 }),
      tie("object"),
    ),
    object: fc.dictionary(fc.constantFrom(...names, ...others), tie("value"), { maxKeys: 5 }),
  }))
  .object.map((object) => Buffer.from(JSON.stringify(object)));
const types = fc.constantFrom(
  "application/json",
  "application/json; charset=utf-8",
  "application/x-www-form-urlencoded",
  "text/plain",
  "multipart/form-data; boundary=x",
  ";",
  "x",
);

/** Where each kind that comes by HTTP is sent to. */
const addresses = Object.entries(kinds).flatMap(([kind, { receive, path = "" }]) =>
  receive ? [[kind, `/${kind}/ops${path.replace(/:\w+/g, "x")}`] as const] : [],
);

describe.each(addresses)("whatever is sent to %s", (kind, address) => {
  it("is refused and not kept, or accepted and kept whole", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(bytes, json, likely, likely), types, async (text, type) => {
        await inbox.app.inject({ method: "DELETE", url: "/messages" });
        const { status } = await inbox.post(address, { text, type });
        const messages = await inbox.messages();
        expect(status).toBeLessThan(500);
        expect(messages).toHaveLength(status < 300 ? 1 : 0);
        for (const message of messages) {
          expect(message).toMatchObject({ kind, receiver: "ops" });
          expect(statuses).toContain(message.status);
          expect([typeof message.title, typeof message.text]).toEqual(["string", "string"]);
          expect(message).toHaveProperty("payload");
        }
      }),
      { numRuns: 200 },
    );
  });
});
