import { TestInbox } from "../../support/inbox";

const inbox = new TestInbox();
afterAll(() => inbox.close());
beforeEach(() => inbox.app.inject({ method: "DELETE", url: "/messages" }));

async function refusal(path: string, body: object): Promise<[number, unknown]> {
  const answer = await inbox.post(path, body);
  expect(await inbox.messages()).toEqual([]);
  return [answer.status, answer.type?.toString().includes("json") ? JSON.parse(answer.body) : answer.body];
}

describe("webhooks", () => {
  const sent = {
    receiver: "ops",
    status: "resolved",
    alerts: [
      {
        status: "resolved",
        labels: { alertname: "Down", service: "orders" },
        annotations: { summary: "Orders are down", description: "For 2 minutes." },
        startsAt: "2026-01-01T00:00:00Z",
      },
    ],
    groupLabels: { alertname: "Down" },
    commonLabels: { alertname: "Down", service: "orders" },
    commonAnnotations: {},
    externalURL: "http://localhost:9093",
    version: "4",
    groupKey: "{}",
    truncatedAlerts: 0,
  };

  it("read Alertmanager's version 4", async () => {
    expect(await inbox.post("/webhook/ops", sent)).toMatchObject({ status: 200 });
    expect(await inbox.messages()).toMatchObject([
      {
        kind: "webhook",
        status: "resolved",
        title: "Down",
        text: "resolved: alertname=Down service=orders\nOrders are down\nFor 2 minutes.",
        payload: sent,
      },
    ]);
  });

  it("take the common summary as the title", async () => {
    await inbox.post("/webhook/ops", { ...sent, commonAnnotations: { summary: "Orders are down" } });
    expect(await inbox.messages()).toMatchObject([{ title: "Orders are down" }]);
  });

  it.each<[string, object]>([
    ["another version", { ...sent, version: "3" }],
    ["anything else", [{ build: 5 }, null]],
  ])("take %s as unknown", async (_what, payload) => {
    expect(await inbox.post("/webhook/ops", payload)).toMatchObject({ status: 200 });
    expect(await inbox.messages()).toMatchObject([{ status: "unknown", title: "", text: "", payload }]);
  });

  it("refuse what is no JSON, and JSON too deep to be written out again", async () => {
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    for (const text of ["", "{", deep]) {
      expect(await refusal("/webhook/ops", { text, type: "application/json" })).toEqual([
        400,
        { message: "The body is not JSON in UTF-8, or is nested more than 64 levels deep." },
      ]);
    }
  });
});

describe("PagerDuty", () => {
  const key = "0123456789abcdef0123456789abcdef";
  const payload = { summary: "[FIRING:1] Down", source: "Alertmanager", severity: "critical" };
  const trigger = { routing_key: key, event_action: "trigger", dedup_key: "d1", payload };

  it("takes a trigger and its resolution", async () => {
    const answer = await inbox.post("/pagerduty/ops", {
      ...trigger,
      payload: { ...payload, custom_details: { num: "1" } },
    });
    expect([answer.status, JSON.parse(answer.body)]).toEqual([
      202,
      { status: "success", message: "Event processed", dedup_key: "d1" },
    ]);
    await inbox.post("/pagerduty/ops", { routing_key: key, event_action: "resolve", dedup_key: "d1" });
    expect(await inbox.messages()).toMatchObject([
      { status: "resolved", title: "resolve d1" },
      { status: "firing", title: "[FIRING:1] Down", text: "num: 1" },
    ]);
  });

  it("gives a key to an event that has none", async () => {
    const { body } = await inbox.post("/pagerduty/ops", { ...trigger, dedup_key: undefined });
    expect(JSON.parse(body)).toMatchObject({ dedup_key: expect.stringMatching(/^[0-9a-f]{32}$/) as string });
  });

  it.each<[string, object, readonly string[]]>([
    ["nothing", {}, ["'routing_key' is missing or blank", "'event_action' is missing or blank"]],
    [
      "a key of the wrong length",
      { ...trigger, routing_key: "e+93" },
      [
        "Length of 'routing_key' is incorrect (should be 32 characters)",
        "'routing_key' cannot contain non-alphanumeric characters.",
      ],
    ],
    [
      "an action that is none",
      { ...trigger, event_action: "toString" },
      ["'event_action' is invalid (must be one of the following: 'trigger', 'acknowledge' or 'resolve')"],
    ],
    [
      "a severity that is none",
      { ...trigger, payload: { ...payload, severity: "none" } },
      [
        "'payload.severity' is invalid (must be one of the following: 'critical', 'warning', 'error' or 'info')",
      ],
    ],
    [
      "an alert without summary and source",
      { ...trigger, payload: { severity: "info", summary: " " } },
      ["'payload.summary' is missing or blank", "'payload.source' is missing or blank"],
    ],
    [
      "a long summary",
      { ...trigger, payload: { ...payload, summary: "x".repeat(1025) } },
      ["'payload.summary' is too long (maximum is 1024 characters)"],
    ],
    [
      "a resolution of nothing",
      { ...trigger, event_action: "resolve", dedup_key: "" },
      ["'dedup_key' is missing or blank"],
    ],
    [
      "a long key",
      { ...trigger, dedup_key: "x".repeat(256) },
      ["'dedup_key' is too long (maximum is 255 characters)"],
    ],
    ["bad JSON", { text: "{", type: "application/json" }, ["Event is not a JSON object"]],
  ])("refuses %s", async (_what, event, errors) => {
    expect(await refusal("/pagerduty/ops", event)).toEqual([
      400,
      { status: "invalid event", message: "Event object is invalid", errors },
    ]);
  });

  it("refuses more than 512 KB", async () => {
    const [status] = await refusal("/pagerduty/ops", { ...trigger, details: "x".repeat(512_000) });
    expect(status).toBe(413);
  });
});

describe("Microsoft Teams", () => {
  const card = (...body: readonly object[]) => ({
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        contentUrl: null,
        content: {
          $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
          type: "AdaptiveCard",
          version: "1.2",
          body,
        },
      },
    ],
  });
  const block = (text: string, color?: string) => ({ type: "TextBlock", text, color });

  it("takes what Alertmanager sends to a workflow", async () => {
    const sent = card(block("Orders", "Attention"), block("# Alerts Firing:"));
    expect(await inbox.post("/msteams/ops", sent)).toMatchObject({ status: 202, body: "" });
    expect(await inbox.messages()).toMatchObject([
      { status: "firing", title: "Orders", text: "# Alerts Firing:" },
    ]);
  });

  it("takes what Alertmanager sends to a connector", async () => {
    const sent = {
      "@context": "http://schema.org/extensions",
      "@type": "MessageCard",
      title: "Orders",
      summary: "Orders",
      text: "All well.",
      themeColor: "2DC72D",
    };
    expect(await inbox.post("/msteams/ops", sent)).toMatchObject({ status: 200, body: "1" });
    expect(await inbox.messages()).toMatchObject([
      { status: "resolved", title: "Orders", text: "All well." },
    ]);
  });

  it.each<[string, object, number, unknown]>([
    ["a card without text", { "@type": "MessageCard", title: "x" }, 400, "Summary or Text is required."],
    [
      "an unknown card",
      { "@type": "Card", text: "x" },
      400,
      "Bad payload received by generic incoming webhook.",
    ],
    [
      "a message without card",
      { type: "message", attachments: [] },
      400,
      { error: expect.objectContaining({ code: "TriggerInputSchemaMismatch" }) as object },
    ],
    [
      "a text alone",
      { text: "x" },
      400,
      { error: expect.objectContaining({ code: "TriggerInputSchemaMismatch" }) as object },
    ],
    ["a list", ["x"], 400, { error: expect.objectContaining({ code: "InvalidRequestContent" }) as object }],
    [
      "more than 28 KB",
      card(block("x".repeat(28 * 1024))),
      413,
      { error: expect.objectContaining({ code: "RequestEntityTooLarge" }) as object },
    ],
  ])("refuses %s", async (_what, body, status, answer) => {
    expect(await refusal("/msteams/ops", body)).toEqual([status, answer]);
  });
});
