import { TestInbox } from "../../support/inbox";

const inbox = new TestInbox();
afterAll(() => inbox.close());
beforeEach(() => inbox.app.inject({ method: "DELETE", url: "/messages" }));

/** As Alertmanager's default configuration sends it. */
const attachment = {
  title: "[FIRING:1] HighErrorRate (order-service critical)",
  title_link: "http://localhost:9093/#/alerts?receiver=ops",
  text: "5 % of orders fail.",
  fallback: "[FIRING:1] HighErrorRate | http://localhost:9093",
  callback_id: "",
  footer: "",
  color: "danger",
  mrkdwn_in: ["fallback", "pretext", "text"],
};

describe("Slack", () => {
  it("takes what Alertmanager sends", async () => {
    const payload = { channel: "#ops", username: "Alertmanager", attachments: [attachment] };
    expect(await inbox.post("/slack/ops", payload)).toMatchObject({ status: 200, body: "ok" });
    expect(await inbox.messages()).toEqual([
      {
        id: expect.any(String) as string,
        receivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
        kind: "slack",
        receiver: "ops",
        status: "firing",
        title: attachment.title,
        text: attachment.text,
        payload,
      },
    ]);
  });

  it.each([
    ["a title", { ...attachment, title: "[RESOLVED] HighErrorRate", color: "danger" }, "resolved"],
    ["the colour where the title says nothing", { text: "orders", color: "good" }, "resolved"],
    ["nothing", { text: "orders", color: "#439FE0" }, "unknown"],
  ])("reads the status from %s", async (_from, sent, status) => {
    await inbox.post("/slack/ops", { attachments: [sent] });
    expect(await inbox.messages()).toMatchObject([{ status }]);
  });

  it("takes a form with the JSON in its field payload", async () => {
    const text = new URLSearchParams({ payload: JSON.stringify({ text: "é & ü" }) }).toString();
    const type = "application/x-www-form-urlencoded; charset=utf-8";
    expect(await inbox.post("/slack/ops", { text, type })).toMatchObject({ status: 200, body: "ok" });
    expect(await inbox.messages()).toMatchObject([{ title: "é & ü", text: "é & ü" }]);
  });

  it("takes blocks", async () => {
    const blocks = [
      { type: "header", text: { type: "plain_text", text: "[RESOLVED] Down" } },
      { type: "section", text: { type: "mrkdwn", text: "All *well* again." } },
      { type: "divider" },
    ];
    expect(await inbox.post("/slack/ops", { blocks })).toMatchObject({ status: 200 });
    expect(await inbox.messages()).toMatchObject([
      { status: "resolved", title: "[RESOLVED] Down", text: "[RESOLVED] Down\n\nAll *well* again." },
    ]);
  });

  it("cuts a text after 40,000 characters, as Slack does", async () => {
    expect(await inbox.post("/slack/ops", { text: "é".repeat(40_001) })).toMatchObject({ status: 200 });
    expect((await inbox.messages())[0]?.text).toBe("é".repeat(40_000));
  });

  it("takes 100 attachments", async () => {
    const attachments = Array.from({ length: 100 }, () => attachment);
    expect(await inbox.post("/slack/ops", { attachments })).toMatchObject({ status: 200 });
  });

  const section = (text: string) => ({ type: "section", text: { type: "mrkdwn", text } });
  it.each<[string, object, string]>([
    ["no JSON", { text: "{", type: "application/json" }, "invalid_payload"],
    [
      "bytes that are no UTF-8",
      { text: Buffer.from('{"text":"\xff"}', "latin1"), type: "application/json" },
      "invalid_payload",
    ],
    [
      "JSON sent as a form",
      { text: '{"text":"x"}', type: "application/x-www-form-urlencoded" },
      "invalid_payload",
    ],
    ["a list", [1], "invalid_payload"],
    ["a text that is no string", { text: 5 }, "invalid_payload"],
    ["attachments that are no list", { attachments: attachment }, "invalid_payload"],
    ["nothing", {}, "no_text"],
    ["an empty text", { text: " \n" }, "no_text"],
    ["an empty attachment", { attachments: [{}] }, "no_text"],
    ["an embed of Discord", { embeds: [{ title: "x" }] }, "no_text"],
    ["Alertmanager's webhook", { version: "4", status: "firing", alerts: [] }, "no_text"],
    [
      "101 attachments",
      { attachments: Array.from({ length: 101 }, () => attachment) },
      "too_many_attachments",
    ],
    ["blocks that are no list", { blocks: section("x") }, "invalid_blocks_format"],
    ["51 blocks", { blocks: Array.from({ length: 51 }, () => section("x")) }, "invalid_blocks"],
    ["a section of 3,001 characters", { blocks: [section("x".repeat(3001))] }, "invalid_blocks"],
    ["an empty section", { blocks: [{ type: "section" }] }, "invalid_blocks"],
    ["a block of no known type", { blocks: [{ type: "paragraph", text: "x" }] }, "invalid_blocks"],
    ["bad blocks in an attachment", { attachments: [{ blocks: [section("")] }] }, "invalid_blocks"],
  ])("refuses %s", async (_what, body, error) => {
    expect(await inbox.post("/slack/ops", body)).toEqual({
      status: 400,
      body: error,
      type: "text/plain; charset=utf-8",
    });
    expect(await inbox.messages()).toEqual([]);
  });
});
