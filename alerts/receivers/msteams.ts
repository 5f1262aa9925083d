import { z } from "zod";
import { template } from "../notifications/template-file";
import { inboxPath, receiverKind, receiverName } from "./receiver";

/** A channel of Microsoft Teams, by a workflow's webhook. */
export const msteams = receiverKind({
  schema: z.strictObject({ kind: z.literal("msteams"), name: receiverName }),
  key: "msteamsv2_configs",
  secret: { suffix: "webhook_url", words: "URL of the workflow's webhook", atInbox: inboxPath("msteams") },
  render: (_, secretPath) => ({
    send_resolved: true,
    webhook_url_file: secretPath,
    title: template("notification.msteams.title"),
    text: template("notification.msteams.text"),
  }),
});
