import { parse } from "yaml";
import {
  type AlertingSettings,
  renderAlertmanagerConfiguration,
} from "../../alerts/alertmanager-configuration";
import { receiverSecret, type ReceiverSettings } from "../../alerts/receivers";

const receivers: ReceiverSettings[] = [
  { kind: "slack", name: "slack-critical", channel: "#alerts-critical" },
  { kind: "discord", name: "discord-alerts" },
  {
    kind: "email",
    name: "email-ops",
    to: ["ops@example.com", "lead@example.com"],
    from: "alerts@example.com",
    smarthost: "smtp.gmail.com:587",
    verifyCertificate: true,
  },
];
const settings: AlertingSettings = {
  receivers,
  defaultReceiver: "discord-alerts",
  routes: [
    {
      severity: "critical",
      receivers: ["slack-critical", "email-ops"],
      groupWait: "0s",
      groupInterval: "1m",
      repeatInterval: "1h",
    },
    {
      severity: "warning",
      receivers: ["discord-alerts"],
      groupWait: "30s",
      groupInterval: "5m",
      repeatInterval: "4h",
    },
  ],
};

const rendered = parse(renderAlertmanagerConfiguration(settings)) as {
  route: unknown;
  receivers: Record<string, unknown>[];
};

describe("receivers", () => {
  it("tell Slack's channel the alert, its severity, summary and description", () => {
    const [slack] = rendered.receivers[0]?.slack_configs as Record<string, string>[];
    expect(slack).toMatchObject({
      channel: "#alerts-critical",
      api_url_file: "/run/secrets/slack_critical_api_url",
      send_resolved: true,
    });
    expect(slack?.title).toContain("{{ .CommonLabels.alertname }}");
    for (const part of [
      ".Labels.alertname",
      ".Labels.severity",
      ".Annotations.summary",
      ".Annotations.description",
    ]) {
      expect(slack?.text).toContain(`{{ ${part} }}`);
    }
  });

  it("tell Discord by its own kind of receiver", () => {
    expect(rendered.receivers[1]).toEqual({
      name: "discord-alerts",
      discord_configs: [
        expect.objectContaining({
          webhook_url_file: "/run/secrets/discord_alerts_webhook_url",
          send_resolved: true,
        }),
      ],
    });
  });

  it("tell all recipients of a mail, over TLS, with status and alert in the subject", () => {
    expect(rendered.receivers[2]).toEqual({
      name: "email-ops",
      email_configs: [
        {
          to: "ops@example.com, lead@example.com",
          from: "alerts@example.com",
          smarthost: "smtp.gmail.com:587",
          auth_username: "alerts@example.com",
          auth_password_file: "/run/secrets/email_ops_auth_password",
          require_tls: true,
          headers: { Subject: "[{{ .Status | toUpper }}] {{ .CommonLabels.alertname }}" },
          send_resolved: true,
        },
      ],
    });
  });

  it("each have one secret, named after them", () => {
    expect(receivers.map(receiverSecret).map(({ variable }) => variable)).toEqual([
      "slack_critical_api_url",
      "discord_alerts_webhook_url",
      "email_ops_auth_password",
    ]);
  });
});

describe("routes", () => {
  it("lead a severity's alerts to each of its receivers, and the others to the default", () => {
    const critical = {
      matchers: [`severity="critical"`],
      group_wait: "0s",
      group_interval: "1m",
      repeat_interval: "1h",
    };
    expect(rendered.route).toEqual({
      receiver: "discord-alerts",
      group_by: ["alertname", "service", "environment"],
      routes: [
        { ...critical, receiver: "slack-critical", continue: true },
        { ...critical, receiver: "email-ops" },
        {
          receiver: "discord-alerts",
          matchers: [`severity="warning"`],
          group_wait: "30s",
          group_interval: "5m",
          repeat_interval: "4h",
        },
      ],
    });
  });

  it("group by what the subject names, so that a message has one alert name", () => {
    expect(rendered.route).toMatchObject({ group_by: expect.arrayContaining(["alertname"]) as string[] });
  });
});
