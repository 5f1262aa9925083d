import { GoList, GoStruct, stringList, type GoValue } from "../../../alerts/go-template/values";
import { settingsIn, truncated, withoutEmpty, type Integration, type Sending, type Settings } from "./kind";

/** Characters of a title. */
const mostOfTitle = 1024;

/** What Alertmanager's `slack_configs` post. */
export const slack: Integration = {
  inbox: "slack",
  defaults: {
    color: `{{ if eq .Status "firing" }}danger{{ else }}good{{ end }}`,
    username: `{{ template "slack.default.username" . }}`,
    title: `{{ template "slack.default.title" . }}`,
    title_link: `{{ template "slack.default.titlelink" . }}`,
    icon_emoji: `{{ template "slack.default.iconemoji" . }}`,
    icon_url: `{{ template "slack.default.iconurl" . }}`,
    pretext: `{{ template "slack.default.pretext" . }}`,
    text: `{{ template "slack.default.text" . }}`,
    fallback: `{{ template "slack.default.fallback" . }}`,
    callback_id: `{{ template "slack.default.callbackid" . }}`,
    footer: `{{ template "slack.default.footer" . }}`,
  },
  body: ({ settings, text }) => {
    const { fields, actions, mrkdwn_in: markdownIn, short_fields: isShort } = settings;
    const shown =
      Array.isArray(markdownIn) && markdownIn.length > 0 ? markdownIn : ["fallback", "pretext", "text"];
    const attachment = withoutEmpty(
      {
        title: truncated(text(settings.title), mostOfTitle),
        title_link: text(settings.title_link),
        pretext: text(settings.pretext),
        text: text(settings.text),
        fallback: text(settings.fallback),
        callback_id: text(settings.callback_id),
        fields: listOf(fields, (field) => fieldOf(field, isShort === true, text)),
        actions: listOf(actions, (action) => actionOf(action, text)),
        image_url: text(settings.image_url),
        thumb_url: text(settings.thumb_url),
        footer: text(settings.footer),
        color: text(settings.color),
        mrkdwn_in: stringList(shown.map(String)),
      },
      ["text", "fallback", "callback_id", "footer"],
    );
    return new GoStruct(
      "slack.request",
      withoutEmpty({
        channel: text(settings.channel),
        username: text(settings.username),
        icon_emoji: text(settings.icon_emoji),
        icon_url: text(settings.icon_url),
        link_names: settings.link_names === true,
        text: text(settings.message_text),
        attachments: new GoList("[]slack.attachment", [new GoStruct("slack.attachment", attachment)]),
      }),
    );
  },
};

type Text = Sending["text"];

function listOf(value: unknown, read: (settings: Settings) => GoValue): GoValue {
  const settings = settingsIn(value);
  return settings.length === 0 ? undefined : new GoList("[]config", settings.map(read));
}

function fieldOf(field: Settings, isShort: boolean, text: Text): GoValue {
  const own = typeof field.short === "boolean" ? field.short : isShort;
  return new GoStruct(
    "config.SlackField",
    withoutEmpty({ title: text(field.title), value: text(field.value), short: own }, ["short"]),
  );
}

function actionOf(action: Settings, text: Text): GoValue {
  const [confirm] = settingsIn([action.confirm]);
  return new GoStruct(
    "config.SlackAction",
    withoutEmpty({
      type: text(action.type),
      text: text(action.text),
      url: text(action.url),
      style: text(action.style),
      name: text(action.name),
      value: text(action.value),
      confirm:
        confirm &&
        new GoStruct(
          "config.SlackConfirmationField",
          withoutEmpty({
            text: text(confirm.text),
            title: text(confirm.title),
            ok_text: text(confirm.ok_text),
            dismiss_text: text(confirm.dismiss_text),
          }),
        ),
    }),
  );
}
