import { GoList, GoStruct, type GoValue } from "../../../alerts/go-template/values";
import type { Integration } from "./kind";

const adaptiveColors = { firing: "Attention", resolved: "Good" };

/** What Alertmanager's `msteamsv2_configs` post: an adaptive card. */
export const msteamsv2: Integration = {
  inbox: "msteams",
  defaults: {
    title: `{{ template "msteamsv2.default.title" . }}`,
    text: `{{ template "msteamsv2.default.text" . }}`,
  },
  body: ({ settings, status, text }) => {
    const title = block({
      text: text(settings.title),
      weight: "Bolder",
      size: "Medium",
      wrap: true,
      style: "heading",
      color: adaptiveColors[status],
    });
    const content = new GoStruct("msteamsv2.Content", {
      $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
      type: "AdaptiveCard",
      version: "1.2",
      body: new GoList("[]msteamsv2.Body", [title, block({ text: text(settings.text), wrap: true })]),
      msteams: new GoStruct("msteamsv2.Msteams", { width: "full" }),
    });
    const attachment = new GoStruct("msteamsv2.Attachment", {
      contentType: "application/vnd.microsoft.card.adaptive",
      contentUrl: null,
      content,
    });
    return new GoStruct("msteamsv2.teamsMessage", {
      type: "message",
      attachments: new GoList("[]msteamsv2.Attachment", [attachment]),
    });
  },
};

function block(fields: Readonly<Record<string, GoValue>>): GoStruct {
  return new GoStruct("msteamsv2.Body", { type: "TextBlock", ...fields });
}
