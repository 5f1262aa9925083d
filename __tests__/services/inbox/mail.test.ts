import { connect } from "node:net";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import nodemailer from "nodemailer";
import { Faults } from "../../../services/inbox/faults";
import { TestInbox } from "../../support/inbox";
import { until } from "../../support/until";

let inbox: TestInbox;
let port: number;
beforeAll(async () => {
  inbox = new TestInbox({ BODY_LIMIT_BYTES: "20000" });
  await inbox.app.ready();
  port = await inbox.listenForMail();
});
afterAll(() => inbox.close());
beforeEach(() => inbox.app.inject({ method: "DELETE", url: "/messages" }));
afterEach(() => jest.restoreAllMocks());

const mail = {
  from: "Alerts <alerts@example.com>",
  to: "ops@example.com",
  subject: "[FIRING:1] Down",
  text: "Orders.",
};

function client(options: object = {}) {
  return nodemailer.createTransport({
    host: "127.0.0.1",
    port,
    requireTLS: true,
    tls: { rejectUnauthorized: false },
    auth: { user: "anyone", pass: "anything" },
    ...options,
  });
}

describe("mail", () => {
  it.each(["PLAIN", "LOGIN"])("is taken after STARTTLS and AUTH %s", async (authMethod) => {
    await client({ authMethod }).sendMail({ ...mail, html: "<b>Orders.</b>" });
    expect(await inbox.messages()).toMatchObject([
      {
        kind: "email",
        receiver: "ops@example.com",
        status: "firing",
        title: "[FIRING:1] Down",
        text: "Orders.",
        payload: { from: '"Alerts" <alerts@example.com>', to: ["ops@example.com"], html: "<b>Orders.</b>" },
      },
    ]);
  });

  it("becomes a message for each recipient, blind ones too", async () => {
    await client().sendMail({
      ...mail,
      to: ["a@example.com", "b@example.com"],
      bcc: "c@example.com",
      subject: "[RESOLVED] ✓",
    });
    const receivers = (await inbox.messages("?status=resolved")).map(({ receiver }) => receiver);
    expect([...receivers].sort()).toEqual(["a@example.com", "b@example.com", "c@example.com"]);
  });

  it("of HTML alone has its text too", async () => {
    await client().sendMail({ ...mail, text: undefined, html: "<p>Orders <b>fail</b>.</p>" });
    expect(await inbox.messages()).toMatchObject([{ text: "Orders fail." }]);
  });

  it("is refused before AUTH", async () => {
    await expect(client({ auth: undefined }).sendMail(mail)).rejects.toMatchObject({ responseCode: 530 });
    expect(await inbox.messages()).toEqual([]);
  });

  it("gets no AUTH before TLS", async () => {
    const insecure = client({ requireTLS: false, ignoreTLS: true });
    await expect(insecure.sendMail(mail)).rejects.toThrow();
    const lines = await dialogue(port, ["EHLO test", "AUTH PLAIN AGEAYg==", "QUIT"]);
    expect(lines).toMatch(/^250[- ]STARTTLS\r$/m);
    expect(lines).toMatch(/^538 /m);
    expect(await inbox.messages()).toEqual([]);
  });

  it("that is too big is refused", async () => {
    await expect(client().sendMail({ ...mail, text: "x y\n".repeat(8_000) })).rejects.toMatchObject({
      responseCode: 552,
    });
    expect(await inbox.messages()).toEqual([]);
  });

  it("is refused with the status that the recipient was told to fail with", async () => {
    const fault = "/receivers/ops@example.com/fault";
    await inbox.app.inject({ method: "PUT", url: fault, payload: { status: 421 } });
    await expect(client().sendMail(mail)).rejects.toMatchObject({ responseCode: 421 });
    await inbox.app.inject({ method: "DELETE", url: fault });
    await client().sendMail(mail);
    expect(await inbox.messages()).toHaveLength(1);
  });

  it("to a silent recipient waits until it is mended", async () => {
    const fault = "/receivers/ops@example.com/fault";
    await inbox.app.inject({ method: "PUT", url: fault, payload: { silent: true } });
    let isOver = false;
    const hold = jest.spyOn(Faults.prototype, "hold");
    const sent = client()
      .sendMail(mail)
      .finally(() => {
        isOver = true;
      });
    const outcome = expect(sent).rejects.toMatchObject({ responseCode: 421 });
    await until(() => hold.mock.calls.length > 0);
    await sleep(200);
    expect(isOver).toBe(false);
    await inbox.app.inject({ method: "DELETE", url: fault });
    await outcome;
  });
});

/** What a server says to these commands, sent one after the other. */
async function dialogue(toPort: number, commands: readonly string[]): Promise<string> {
  const socket = connect(toPort, "127.0.0.1");
  let heard = "";
  socket.setEncoding("utf8").on("data", (text: string) => (heard += text));
  for (const command of commands) {
    const before = heard.length;
    while (!/^\d{3} .*\r\n$/m.test(heard.slice(before))) await once(socket, "data");
    await sleep(50);
    socket.write(`${command}\r\n`);
  }
  await once(socket, "close");
  return heard;
}
