import { TestInbox } from "../../support/inbox";

const inbox = new TestInbox();
afterAll(() => inbox.close());
beforeEach(() => inbox.app.inject({ method: "DELETE", url: "/messages" }));

/** As Alertmanager's `discord_configs` sends it. */
const fromAlertmanager = {
  content: "",
  embeds: [{ title: "[FIRING:1] Down", description: "Labels:\n - a = b", color: 0x992d22 }],
  username: "Alertmanager",
};
const embeds = (...of: readonly object[]) => ({ embeds: of });
const invalidForm = (errors: object) => ({ message: "Invalid Form Body", code: 50035, errors });
const tooLong = (most: number) => ({
  _errors: [{ code: "BASE_TYPE_MAX_LENGTH", message: `Must be ${String(most)} or fewer in length.` }],
});
const missing = { _errors: [{ code: "BASE_TYPE_REQUIRED", message: "This field is required" }] };
const field = (name: string, value = "v") => ({ name, value });

describe("Discord", () => {
  it("takes what Alertmanager sends, and answers with nothing", async () => {
    expect(await inbox.post("/discord/ops", fromAlertmanager)).toMatchObject({ status: 204, body: "" });
    expect(await inbox.messages()).toMatchObject([
      {
        kind: "discord",
        receiver: "ops",
        status: "firing",
        title: "[FIRING:1] Down",
        text: "Labels:\n - a = b",
        payload: fromAlertmanager,
      },
    ]);
  });

  it("answers with the message where that is asked for", async () => {
    const { status, body } = await inbox.post("/discord/ops?wait=true", fromAlertmanager);
    expect(status).toBe(200);
    expect(typeof body === "string" ? JSON.parse(body) : body).toMatchObject({
      id: expect.stringMatching(/^\d{17,20}$/) as string,
      type: 0,
      content: "",
      embeds: fromAlertmanager.embeds,
    });
    expect(await inbox.post("/discord/ops?wait=false", fromAlertmanager)).toMatchObject({ status: 204 });
  });

  it("reads the status from the colour where the title says nothing", async () => {
    await inbox.post("/discord/ops", embeds({ title: "Down", color: 0x2ecc71 }));
    expect(await inbox.messages()).toMatchObject([{ status: "resolved" }]);
  });

  it("takes texts as long as the limits, counted in characters", async () => {
    const most = {
      content: "😀".repeat(2000),
      ...embeds({ title: "😀".repeat(256), description: "x".repeat(4096) }),
    };
    expect(await inbox.post("/discord/ops", most)).toMatchObject({ status: 204 });
    expect(
      await inbox.post("/discord/ops", embeds(...Array.from({ length: 10 }, () => ({ title: "x" })))),
    ).toMatchObject({
      status: 204,
    });
  });

  it.each<[string, object]>([
    ["nothing", {}],
    ["no content", { content: "  " }],
    ["an empty embed", { content: "", embeds: [{}] }],
    ["a message of Slack's", { text: "x", attachments: [{ title: "x", text: "y" }] }],
    ["Alertmanager's webhook", { version: "4", status: "firing", alerts: [], groupLabels: {} }],
  ])("refuses %s as an empty message", async (_what, body) => {
    const { status, body: answer } = await inbox.post("/discord/ops", body);
    expect([status, JSON.parse(answer)]).toEqual([
      400,
      { message: "Cannot send an empty message", code: 50006 },
    ]);
    expect(await inbox.messages()).toEqual([]);
  });

  it.each<[string, object, object]>([
    ["a long content", { content: "x".repeat(2001) }, { content: tooLong(2000) }],
    ["a long title", embeds({ title: "x".repeat(257) }), { embeds: { 0: { title: tooLong(256) } } }],
    [
      "a long description in the second embed",
      embeds({ title: "x" }, { description: "x".repeat(4097) }),
      { embeds: { 1: { description: tooLong(4096) } } },
    ],
    ["11 embeds", embeds(...Array.from({ length: 11 }, () => ({ title: "x" }))), { embeds: tooLong(10) }],
    [
      "26 fields",
      embeds({ fields: Array.from({ length: 26 }, () => field("n")) }),
      { embeds: { 0: { fields: tooLong(25) } } },
    ],
    [
      "a long field",
      embeds({ fields: [field("x".repeat(257), "x".repeat(1025))] }),
      { embeds: { 0: { fields: { 0: { name: tooLong(256), value: tooLong(1024) } } } } },
    ],
    [
      "a field without value",
      embeds({ fields: [{ name: "x" }] }),
      { embeds: { 0: { fields: { 0: { value: missing } } } } },
    ],
    [
      "a long footer",
      embeds({ footer: { text: "x".repeat(2049) } }),
      { embeds: { 0: { footer: { text: tooLong(2048) } } } },
    ],
    [
      "a long author",
      embeds({ author: { name: "x".repeat(257) } }),
      { embeds: { 0: { author: { name: tooLong(256) } } } },
    ],
    [
      "embeds of 6,001 characters together",
      embeds({ description: "x".repeat(4000) }, { description: "x".repeat(2001) }),
      {
        embeds: {
          _errors: [{ code: "MAX_EMBED_SIZE_EXCEEDED", message: "Embed size exceeds maximum size of 6000" }],
        },
      },
    ],
    [
      "embeds that are no list",
      { embeds: { title: "x" } },
      {
        embeds: {
          _errors: [{ code: "LIST_TYPE_CONVERT", message: "Only iterables may be used in a ListType" }],
        },
      },
    ],
    [
      "an embed that is no object",
      { embeds: ["x"] },
      {
        embeds: {
          0: {
            _errors: [
              { code: "MODEL_TYPE_CONVERT", message: "Only dictionaries may be used in a ModelType" },
            ],
          },
        },
      },
    ],
    [
      "a colour that is a word",
      embeds({ title: "x", color: "danger" }),
      {
        embeds: { 0: { color: { _errors: [{ code: "NUMBER_TYPE_COERCE", message: "Value is not int." }] } } },
      },
    ],
    [
      "a colour that is too large",
      embeds({ title: "x", color: 0x1000000 }),
      {
        embeds: {
          0: {
            color: {
              _errors: [
                { code: "NUMBER_TYPE_MAX", message: "int value should be less than or equal to 16777215." },
              ],
            },
          },
        },
      },
    ],
    [
      "a link that is no address",
      embeds({ title: "x", url: "dashboards" }),
      {
        embeds: {
          0: { url: { _errors: [{ code: "URL_TYPE_INVALID_URL", message: "Not a well formed URL." }] } },
        },
      },
    ],
  ])("refuses %s and says where", async (_what, body, errors) => {
    const { status, body: answer } = await inbox.post("/discord/ops", body);
    expect([status, JSON.parse(answer)]).toEqual([400, invalidForm(errors)]);
    expect(await inbox.messages()).toEqual([]);
  });

  it("refuses the name that Discord keeps for itself", async () => {
    const { status, body } = await inbox.post("/discord/ops", { content: "x", username: "Discord alerts" });
    expect([status, body]).toEqual([400, expect.stringContaining("USERNAME_INVALID_CONTAINS")]);
  });

  it("refuses bad JSON and other types of content", async () => {
    const bad = await inbox.post("/discord/ops", { text: "{", type: "application/json" });
    expect([bad.status, JSON.parse(bad.body)]).toEqual([
      400,
      { message: "The request body contains invalid JSON.", code: 50109 },
    ]);
    const text = await inbox.post("/discord/ops", { text: "{}", type: "text/plain" });
    expect([text.status, text.body]).toEqual([400, expect.stringContaining("CONTENT_TYPE_INVALID")]);
    expect((await inbox.post("/discord/ops", ["x"])).body).toContain("MODEL_TYPE_CONVERT");
    expect(await inbox.messages()).toEqual([]);
  });
});
