import { jsonOf } from "../../alerts/go-template/json";
import { TemplateError } from "../../alerts/go-template/template-error";
import type { GoStruct } from "../../alerts/go-template/values";
import { kinds } from "../../services/inbox/kinds";
import type { Notification } from "../alertmanager/notification";
import type { Firing } from "../replay/firing";
import { annotationsOf, type RuleSurroundings } from "./annotations";
import { discord } from "./kinds/discord";
import { email } from "./kinds/email";
import { settingsIn, type Integration, type Sending, type Settings } from "./kinds/kind";
import { msteamsv2 } from "./kinds/msteams";
import { otherIntegrations, otherTexts } from "./kinds/other";
import { pagerduty } from "./kinds/pagerduty";
import { slack } from "./kinds/slack";
import { webhook } from "./kinds/webhook";
import type { RenderedMessage } from "./rendered";
import { statusOf, templateData, type SentGroup } from "./template-data";
import { TemplateSet } from "./template-set";

/** Integrations that are shown as their receiver does, by their key in Alertmanager's configuration. */
const integrations: Readonly<Record<string, Integration>> = {
  slack_configs: slack,
  discord_configs: discord,
  msteamsv2_configs: msteamsv2,
  email_configs: email,
  pagerduty_configs: pagerduty,
  webhook_configs: webhook,
};

/** The kind of the inbox that shows an integration's messages; undefined for those of others. */
export function inboxKindOf(integration: string): string | undefined {
  return integrations[integration]?.inbox;
}

/** What messages are made with. */
export interface MessageSettings {
  /** Alertmanager's configuration, as its YAML is read. */
  readonly configuration: unknown;
  /** Its file of templates. */
  readonly templates: string;
  /** URL of Alertmanager from outside. */
  readonly externalUrl: string;
  /** What templates of rules are given. */
  readonly rules: RuleSurroundings;
  /** The link from an alert to its expression, which a webhook gets. Default: "". */
  readonly generatorUrlOf?: (firing: Firing) => string;
}

/** A message as it is sent: its body as text, too. */
export interface SentMessage extends RenderedMessage {
  /** What is posted, to the byte; of a mail the parts of it as JSON. Undefined where nothing is sent. */
  readonly body: string | undefined;
}

/**
 * The message that Alertmanager sends of a notification, with title and text as its receiver reads them. Where a template
 * fails or the receiver refuses the message, the text says so: nothing is thrown.
 */
export function renderMessage(notification: Notification, settings: MessageSettings): SentMessage {
  const { time, receiver, integration, status, groupLabels } = notification;
  const base = { notification: { time, receiver, integration, status, groupLabels } };
  try {
    const sending = sendingOf(notification, settings);
    const own = integrations[integration];
    return { ...base, ...(own ? read(own, sending) : readOther(integration, sending)) };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const text = `Alertmanager sends nothing: its template fails. ${error.message}`;
    return { ...base, title: titleOf(notification), text, payload: null, body: undefined };
  }
}

function titleOf({ status, groupLabels }: Pick<Notification, "status" | "groupLabels">): string {
  return `[${status.toUpperCase()}] ${Object.values(groupLabels).join(" ")}`;
}

function sendingOf(notification: Notification, settings: MessageSettings): Sending {
  const { time, groupKey, integration } = notification;
  const group = groupOf(notification, settings);
  const data: GoStruct = templateData(group);
  const templates = TemplateSet.of(settings.templates);
  return {
    settings: settingsOf(notification, settings.configuration, defaultsOf(integration)),
    group,
    status: statusOf(group.alerts),
    groupKey,
    time,
    data,
    text: (setting) => templates.text(templateOf(setting), data, time),
    page: (setting) => templates.page(templateOf(setting), data, time),
  };
}

function defaultsOf(integration: string): Settings {
  return (integrations[integration] ?? otherIntegrations[integration])?.defaults ?? {};
}

/** A setting as YAML has it: numbers are texts, too. */
function templateOf(setting: unknown): string {
  if (typeof setting === "string") return setting;
  return typeof setting === "number" || typeof setting === "boolean" ? String(setting) : "";
}

/** The settings of one of a receiver's integrations; what nobody has written has its default. */
function settingsOf(
  { receiver, integration, index }: Notification,
  configuration: unknown,
  defaults: Settings,
): Settings {
  const [root = {}] = settingsIn([configuration]);
  const own = settingsIn(root.receivers).find(({ name }) => name === receiver);
  const written = Object.entries(settingsIn(own?.[integration])[index] ?? {});
  return { ...defaults, ...Object.fromEntries(written.filter(([, value]) => value !== null)) };
}

function groupOf(
  { receiver, groupLabels, alerts }: Notification,
  { externalUrl, rules, generatorUrlOf = () => "" }: MessageSettings,
): SentGroup {
  return {
    receiver,
    groupLabels,
    externalUrl,
    alerts: alerts.map(({ status, firing, evaluatedAt, startsAt, endsAt }) => ({
      status,
      labels: firing.labels,
      annotations: annotationsOf(firing, evaluatedAt, rules),
      startsAt,
      endsAt: status === "resolved" ? endsAt : undefined,
      generatorUrl: generatorUrlOf(firing),
    })),
  };
}

type Texts = Pick<SentMessage, "title" | "text" | "payload" | "body">;

function read({ inbox, body: bodyOf }: Integration, sending: Sending): Texts {
  const body = `${jsonOf(bodyOf(sending))}\n`;
  const payload: unknown = JSON.parse(body);
  const receive = kinds[inbox]?.receive;
  if (receive === undefined) return { ...textsOfMail(payload), payload, body };
  const { answer, content } = receive({
    body: Buffer.from(body),
    mediaType: "application/json",
    path: "",
    query: new URLSearchParams(),
  });
  if (content) return { title: content.title, text: content.text, payload, body };
  const why = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
  return {
    title: titleOf({ status: sending.status, groupLabels: sending.group.groupLabels }),
    text: `The receiver refuses this message with ${String(answer.status)}: ${why}`,
    payload,
    body,
  };
}

/** As the inbox reads a mail. */
function textsOfMail(payload: unknown): Pick<Texts, "title" | "text"> {
  const [{ subject, text } = {} as Settings] = settingsIn([payload]);
  return {
    title: typeof subject === "string" ? subject : "",
    text: typeof text === "string" ? text.trim() : "",
  };
}

/** A receiver that this project has no kind for. */
function readOther(integration: string, sending: Sending): Texts {
  const own = otherIntegrations[integration];
  if (own !== undefined) return { ...otherTexts(own, sending), payload: null, body: undefined };
  return {
    title: titleOf({ status: sending.status, groupLabels: sending.group.groupLabels }),
    text: `What a receiver of ${integration} shows is not known here.`,
    payload: null,
    body: undefined,
  };
}
