import { z } from "zod";
import { readNotification, type Markup } from "../cards/notification-text";
import { slackForm } from "../forms/slack";
import type { Status } from "../message";
import { firstKnown, statusOfTitle } from "../status";
import { paragraphs, parseJson, type Answer, type Kind, type Outcome, type Posted } from "./kind";
import { areBlocksValid, textOfBlocks } from "./slack-blocks";

/** Longer texts are cut, not refused. https://api.slack.com/changelog/2018-04-truncating-really-long-messages */
export const maxTextLength = 40_000;

/** https://docs.slack.dev/reference/methods/chat.postMessage#errors, "too_many_attachments" */
export const maxAttachments = 100;

const line = z.string().nullish();
const attachment = z.object({
  title: line,
  text: line,
  pretext: line,
  fallback: line,
  color: line,
  footer: line,
  fields: z.array(z.object({ title: line, value: line })).nullish(),
  blocks: z.array(z.unknown()).nullish(),
});
const message = z.object({
  text: line,
  attachments: z.array(attachment).nullish(),
  blocks: z.unknown().optional(),
});
type Attachment = z.infer<typeof attachment>;

const markup: Markup = {
  field: /^\*([A-Z][a-z]+):\* (.*)$/,
  link: /<(?<url>[^|<>]+)\|(?<words>[^<>]*)>/g,
  plain: (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&"),
};

/** Slack, by an incoming webhook. */
export const slack: Kind = {
  label: "Slack",
  receive,
  subjectOf: ({ title, text }) => readNotification(title, text, markup),
  form: slackForm,
};

/** https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks */
function receive(posted: Posted): Outcome {
  const payload = payloadOf(posted);
  const parsed = message.safeParse(payload);
  if (!parsed.success) return { answer: refused("invalid_payload") };
  const attachments = parsed.data.attachments ?? [];
  const blocks = parsed.data.blocks ?? [];
  if (attachments.length > maxAttachments) return { answer: refused("too_many_attachments") };
  if (!Array.isArray(blocks)) return { answer: refused("invalid_blocks_format") };
  if (![blocks, ...attachments.map((each) => each.blocks ?? [])].every(areBlocksValid)) {
    return { answer: refused("invalid_blocks") };
  }
  const ownText = cut(parsed.data.text ?? "");
  const [first] = attachments;
  const blockTexts = textOfBlocks(blocks);
  const title =
    first?.title || first?.pretext || firstLine(ownText) || firstLine(blockTexts) || firstLine(first?.text);
  const text = paragraphs(ownText, blockTexts, ...attachments.map(textOfAttachment));
  if (title === "" && text === "") return { answer: refused("no_text") };
  const status = firstKnown(
    statusOfTitle(title),
    ...attachments.map(({ color }) => statusByColor[color?.toLowerCase() ?? ""] ?? "unknown"),
  );
  return { answer: { status: 200, body: "ok" }, content: { status, title, text, payload } };
}

/** Colours of Slack's own names for bad and good, which Alertmanager's default configuration uses. */
const statusByColor: Readonly<Record<string, Status>> = { danger: "firing", good: "resolved" };

/** JSON, or a form with JSON in its field `payload`. */
function payloadOf({ body, mediaType }: Posted): unknown {
  if (mediaType !== "application/x-www-form-urlencoded") {
    return mediaType === "application/json" ? parseJson(body) : undefined;
  }
  return parseJson(new URLSearchParams(body.toString("utf8")).get("payload") ?? "");
}

function textOfAttachment(
  { title, pretext, text, fallback, fields, blocks, footer }: Attachment,
  index: number,
) {
  const inFields = (fields ?? []).map((field) => paragraphs(field.title, field.value).replace("\n\n", ": "));
  const shown = paragraphs(
    // The first one's title is the message's.
    index > 0 ? title : undefined,
    title ? pretext : undefined,
    text,
    inFields.join("\n"),
    textOfBlocks(blocks ?? []),
    footer,
  );
  return shown === "" && !title && !pretext ? (fallback ?? "") : shown;
}

function firstLine(text: string | null | undefined): string {
  return text?.trim().split("\n", 1)[0] ?? "";
}

function cut(text: string): string {
  return text.length > maxTextLength ? Array.from(text).slice(0, maxTextLength).join("") : text;
}

function refused(error: string): Answer {
  return { status: 400, body: error };
}
