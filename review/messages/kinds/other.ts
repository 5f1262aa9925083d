import type { Sending, Settings } from "./kind";

/** Settings that are the title and the text of a message, of receivers that this project has no kind for. */
export interface OtherIntegration {
  readonly title: string;
  readonly text: string;
  /** What they say where nobody writes another. */
  readonly defaults: Settings;
}

/** A setting that is one of Alertmanager's templates. */
function own(name: string): string {
  return `{{ template "${name}" . }}`;
}

const subject = own("__subject");

/** What they say is a template of Alertmanager each, named by the integration and the setting. */
function integration(name: string, title: string, text: string, others: Settings = {}): OtherIntegration {
  const texts = [title, text].filter((setting) => setting !== "");
  const defaults = texts.map((setting) => [setting, own(`${name}.default.${setting}`)] as const);
  return { title, text, defaults: { ...others, ...Object.fromEntries<string>(defaults) } };
}

/** Receivers of others, by their key in Alertmanager's configuration. Those of "" have no title of their own. */
export const otherIntegrations: Readonly<Record<string, OtherIntegration>> = {
  msteams_configs: integration("msteams", "title", "text"),
  opsgenie_configs: integration("opsgenie", "message", "description"),
  victorops_configs: integration("victorops", "entity_display_name", "state_message"),
  pushover_configs: integration("pushover", "title", "message"),
  sns_configs: integration("sns", "subject", "message"),
  jira_configs: integration("jira", "summary", "description"),
  rocketchat_configs: integration("rocketchat", "title", "text", { send_resolved: false }),
  telegram_configs: integration("telegram", "", "message"),
  webex_configs: integration("webex", "", "message"),
  wechat_configs: integration("wechat", "", "message", { send_resolved: false }),
  mattermost_configs: integration("mattermost", "", "text"),
};

/** Title and text of such a message. @throws TemplateError where a template fails */
export function otherTexts({ title, text }: OtherIntegration, { settings, text: run }: Sending) {
  const lines = run(templateIn(settings[text])).trim();
  return {
    title: title === "" ? run(subject) : run(templateIn(settings[title])),
    text: lines,
  };
}

/** A setting may be an object that holds the template, as those of Jira. */
function templateIn(setting: unknown): unknown {
  return typeof setting === "object" && setting !== null && "template" in setting
    ? setting.template
    : setting;
}
