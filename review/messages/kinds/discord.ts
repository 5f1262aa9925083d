import { GoList, GoStruct } from "../../../alerts/go-template/values";
import { truncated, withoutEmpty, type Integration } from "./kind";

/** https://discord.com/developers/docs/resources/message#embed-object-embed-limits, and of the content. */
const most = { title: 256, description: 4096, content: 2000 };
const colors = { firing: 0x992d22n, resolved: 0x2ecc71n };

/** What Alertmanager's `discord_configs` post. */
export const discord: Integration = {
  inbox: "discord",
  defaults: {
    title: `{{ template "discord.default.title" . }}`,
    message: `{{ template "discord.default.message" . }}`,
  },
  body: ({ settings, status, text }) => {
    const embed = new GoStruct("discord.webhookEmbed", {
      title: truncated(text(settings.title), most.title),
      description: truncated(text(settings.message), most.description),
      color: colors[status],
    });
    return new GoStruct(
      "discord.webhook",
      withoutEmpty(
        {
          content: truncated(text(settings.content), most.content),
          embeds: new GoList("[]discord.webhookEmbed", [embed]),
          username: typeof settings.username === "string" ? settings.username : "",
          avatar_url: typeof settings.avatar_url === "string" ? settings.avatar_url : "",
        },
        ["content"],
      ),
    );
  },
};
