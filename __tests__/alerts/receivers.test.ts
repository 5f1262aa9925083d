import { type ReceiverSettings, receiverSecret, renderReceiver } from "../../alerts/receivers";

const mail = {
  kind: "email",
  name: "email-ops",
  to: ["ops@example.com", "lead@example.com"],
  from: "alerts@example.com",
  smarthost: "smtp.gmail.com:587",
  verifyCertificate: true,
} satisfies ReceiverSettings;

const receivers: ReceiverSettings[] = [
  { kind: "slack", name: "slack-critical", channel: "#alerts-critical" },
  { kind: "discord", name: "discord-alerts" },
  mail,
  { kind: "pagerduty", name: "pager" },
  { kind: "msteams", name: "teams" },
  { kind: "webhook", name: "incidents" },
  { kind: "heartbeat", name: "heartbeat" },
];

/** The only configuration of a receiver. */
function config(receiver: ReceiverSettings, inbox?: string): Readonly<Record<string, unknown>> {
  const { name, ...lists } = renderReceiver(receiver, inbox);
  expect(name).toBe(receiver.name);
  const [only, ...others] = Object.values(lists).flat() as Record<string, unknown>[];
  expect(others).toEqual([]);
  if (!only) throw new Error(`${name} tells nobody.`);
  return only;
}

describe("receivers", () => {
  it.each(receivers.map((receiver) => [receiver.kind, receiver] as const))(
    "%s has one configuration that reads its secret from a file, and no secret in it",
    (_, receiver) => {
      const { path } = receiverSecret(receiver);
      const paths = Object.entries(config(receiver)).filter(([, value]) => value === path);
      expect(paths).toEqual([[expect.stringMatching(/_file$/), path]]);
      expect(path).toMatch(/^\/run\/secrets\/[a-z_]+$/);
    },
  );

  it("are of the kinds that Alertmanager has", () => {
    const keys = receivers.map((receiver) => Object.keys(renderReceiver(receiver))[1]);
    expect(keys).toEqual([
      "slack_configs",
      "discord_configs",
      "email_configs",
      "pagerduty_configs",
      "msteamsv2_configs",
      "webhook_configs",
      "webhook_configs",
    ]);
  });

  it("are all told of what is resolved, but for the heartbeat, to which any call is a sign of life", () => {
    const told = receivers.filter((receiver) => config(receiver).send_resolved === true);
    expect(told.map(({ kind }) => kind)).toEqual(
      receivers.map(({ kind }) => kind).filter((kind) => kind !== "heartbeat"),
    );
    expect(config({ kind: "heartbeat", name: "heartbeat" }).send_resolved).toBe(false);
  });

  it("each have one secret, named after them", () => {
    const variables = receivers
      .map((receiver) => receiverSecret(receiver))
      .map((secret) => ("variable" in secret ? secret.variable : ""));
    expect(variables).toEqual([
      "slack_critical_api_url",
      "discord_alerts_webhook_url",
      "email_ops_auth_password",
      "pager_routing_key",
      "teams_webhook_url",
      "incidents_url",
      "heartbeat_url",
    ]);
  });

  it("tell all recipients of a mail, over TLS, by user and password", () => {
    expect(config(mail)).toMatchObject({
      to: "ops@example.com, lead@example.com",
      from: "alerts@example.com",
      smarthost: "smtp.gmail.com:587",
      auth_username: "alerts@example.com",
      require_tls: true,
      headers: { Subject: '{{ template "notification.title" . }}' },
    });
    expect(config(mail)).not.toHaveProperty("tls_config");
  });

  it("do not check a mail server's certificate only where that is said", () => {
    expect(config({ ...mail, verifyCertificate: false }).tls_config).toEqual({ insecure_skip_verify: true });
  });
});

describe("an inbox in place of the services", () => {
  const inbox = "http://inbox:8025";

  it("needs no secret: the files hold its addresses", () => {
    const contents = receivers.map((receiver) => {
      const secret = receiverSecret(receiver, inbox);
      return "content" in secret ? secret.content : undefined;
    });
    expect(contents).toEqual([
      "http://inbox:8025/slack/slack-critical",
      "http://inbox:8025/discord/discord-alerts",
      "inbox",
      "0".repeat(32),
      "http://inbox:8025/msteams/teams",
      "http://inbox:8025/webhook/incidents",
      "http://inbox:8025/webhook/heartbeat",
    ]);
  });

  it("is PagerDuty's address, which is no secret", () => {
    const pager: ReceiverSettings = { kind: "pagerduty", name: "pager" };
    expect(config(pager, inbox).url).toBe("http://inbox:8025/pagerduty/pager");
    expect(config(pager)).not.toHaveProperty("url");
  });
});
