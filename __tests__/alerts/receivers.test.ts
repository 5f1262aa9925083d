import {
  kinds,
  type ReceiverSettings,
  receiverSchema,
  receiverSecret,
  renderReceiver,
} from "../../alerts/receivers";
import { renderTemplateFile } from "../../alerts/notifications/template-file";

const mail = {
  kind: "email",
  name: "email-ops",
  to: ["ops@example.com", "lead@example.com"],
  from: "alerts@example.com",
  smarthost: "smtp.gmail.com:587",
  verifyCertificate: true,
} satisfies ReceiverSettings;

/** The example of every kind. */
const receivers = Object.values(kinds).map(({ example }) => receiverSchema.parse(example));

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

  it.each(Object.entries(kinds))(
    "%s is called so in an environment's file, and in its example",
    (name, kind) => {
      expect(kind.example.kind).toBe(name);
    },
  );

  it.each(receivers.map((receiver) => [receiver.kind, receiver] as const))(
    "%s names no template that is not in the file, where each is once",
    (_, receiver) => {
      const defined = [...renderTemplateFile().matchAll(/^\{\{ define "([\w.]+)"/gm)].map(([, name]) => name);
      expect(new Set(defined).size).toBe(defined.length);
      const used = [...JSON.stringify(config(receiver)).matchAll(/template \\"([\w.]+)\\"/g)];
      for (const [, name] of used) expect(defined).toContain(name);
    },
  );

  it("are of the kinds that Alertmanager has", () => {
    const keys = receivers.map((receiver) => [receiver.kind, Object.keys(renderReceiver(receiver))[1]]);
    expect(Object.fromEntries(keys)).toMatchObject({
      slack: "slack_configs",
      discord: "discord_configs",
      msteams: "msteamsv2_configs",
      email: "email_configs",
      pagerduty: "pagerduty_configs",
      webhook: "webhook_configs",
      heartbeat: "webhook_configs",
    });
  });

  it("are all told of what is resolved, but for the heartbeat, to which any call is a sign of life", () => {
    const told = receivers.filter((receiver) => config(receiver).send_resolved === true);
    expect(told.map(({ kind }) => kind)).toEqual(
      receivers.map(({ kind }) => kind).filter((kind) => kind !== "heartbeat"),
    );
    expect(config({ kind: "heartbeat", name: "heartbeat" }).send_resolved).toBe(false);
  });

  it("each have one secret, named after them", () => {
    const variables = receivers.map((receiver) => {
      const secret = receiverSecret(receiver);
      return [receiver.kind, "variable" in secret ? secret.variable : ""];
    });
    expect(Object.fromEntries(variables)).toMatchObject({
      slack: "slack_critical_api_url",
      discord: "discord_alerts_webhook_url",
      msteams: "msteams_team_webhook_url",
      email: "email_ops_auth_password",
      pagerduty: "pagerduty_on_call_routing_key",
      webhook: "webhook_incidents_url",
      heartbeat: "heartbeat_url",
    });
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
      return [receiver.kind, "content" in secret ? secret.content : undefined];
    });
    expect(Object.fromEntries(contents)).toMatchObject({
      slack: "http://inbox:8025/slack/slack-critical",
      discord: "http://inbox:8025/discord/discord-alerts",
      msteams: "http://inbox:8025/msteams/msteams-team",
      email: "inbox",
      pagerduty: "0".repeat(32),
      webhook: "http://inbox:8025/webhook/webhook-incidents",
      heartbeat: "http://inbox:8025/webhook/heartbeat",
    });
  });

  it.each(receivers.map((receiver) => [receiver.kind, receiver] as const))(
    "takes what would be sent to %s: its address is in the secret or in the configuration",
    (_, receiver) => {
      const secret = receiverSecret(receiver, inbox);
      const texts = JSON.stringify([secret, config(receiver, inbox)]);
      // A mail goes to the smarthost that the environment names.
      expect("smarthost" in receiver || texts.includes(`${inbox}/`)).toBe(true);
    },
  );

  it("is PagerDuty's address, which is no secret", () => {
    const pager: ReceiverSettings = { kind: "pagerduty", name: "pager" };
    expect(config(pager, inbox).url).toBe("http://inbox:8025/pagerduty/pager");
    expect(config(pager)).not.toHaveProperty("url");
  });
});
