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

/** Receivers of others, by their key in Alertmanager's configuration. */
export const otherIntegrations: Readonly<Record<string, OtherIntegration>> = {
  msteams_configs: {
    title: "title",
    text: "text",
    defaults: { title: own("msteams.default.title"), text: own("msteams.default.text") },
  },
  opsgenie_configs: {
    title: "message",
    text: "description",
    defaults: { message: own("opsgenie.default.message"), description: own("opsgenie.default.description") },
  },
  victorops_configs: {
    title: "entity_display_name",
    text: "state_message",
    defaults: {
      entity_display_name: own("victorops.default.entity_display_name"),
      state_message: own("victorops.default.state_message"),
    },
  },
  pushover_configs: {
    title: "title",
    text: "message",
    defaults: { title: own("pushover.default.title"), message: own("pushover.default.message") },
  },
  sns_configs: {
    title: "subject",
    text: "message",
    defaults: { subject: own("sns.default.subject"), message: own("sns.default.message") },
  },
  jira_configs: {
    title: "summary",
    text: "description",
    defaults: { summary: own("jira.default.summary"), description: own("jira.default.description") },
  },
  rocketchat_configs: {
    title: "title",
    text: "text",
    defaults: { title: own("rocketchat.default.title"), text: own("rocketchat.default.text") },
  },
  telegram_configs: { title: "", text: "message", defaults: { message: own("telegram.default.message") } },
  webex_configs: { title: "", text: "message", defaults: { message: own("webex.default.message") } },
  wechat_configs: { title: "", text: "message", defaults: { message: own("wechat.default.message") } },
  mattermost_configs: { title: "", text: "text", defaults: { text: own("mattermost.default.text") } },
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
