import { z } from "zod";
import { markdownMarkup, readNotification } from "../cards/notification-text";
import { msteamsForm } from "../forms/msteams";
import type { Status } from "../message";
import { firstKnown, statusOfTitle } from "../status";
import { isObject, paragraphs, parseJson, type Kind, type Outcome, type Posted } from "./kind";

/** Largest message: 28 KB. https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using */
const maxBytes = 28 * 1024;

/** The "message card" of an Office 365 connector, which Alertmanager's `msteams_configs` sends. */
const messageCard = z.object({
  "@type": z.literal("MessageCard"),
  title: z.string().nullish(),
  summary: z.string().nullish(),
  text: z.string().nullish(),
  themeColor: z.string().nullish(),
});

/** The adaptive card for a workflow, which Alertmanager's `msteamsv2_configs` sends. */
const adaptiveMessage = z.object({
  type: z.literal("message"),
  attachments: z
    .array(
      z.object({
        contentType: z.literal("application/vnd.microsoft.card.adaptive"),
        content: z.object({
          type: z.literal("AdaptiveCard"),
          version: z.string().optional(),
          body: z.array(z.looseObject({ type: z.string() })),
        }),
      }),
    )
    .min(1),
});

/** Microsoft Teams, by a webhook. */
export const msteams: Kind = {
  label: "Teams",
  receive,
  subjectOf: ({ title, text }) => readNotification(title, text, markdownMarkup),
  form: msteamsForm,
};

/** A workflow's webhook, or a connector's for the older card. */
function receive({ body }: Posted): Outcome {
  if (body.length > maxBytes) {
    return refused(413, "RequestEntityTooLarge", "The message is larger than 28 KB.");
  }
  const payload = parseJson(body);
  if (!isObject(payload)) return refused(400, "InvalidRequestContent", "The body is not a JSON object.");
  return "@type" in payload ? connector(payload) : workflow(payload);
}

function connector(payload: unknown): Outcome {
  const card = messageCard.safeParse(payload);
  if (!card.success)
    return { answer: { status: 400, body: "Bad payload received by generic incoming webhook." } };
  const { title, summary, text, themeColor } = card.data;
  if (!text && !summary) return { answer: { status: 400, body: "Summary or Text is required." } };
  const line = title || summary || "";
  const status = firstKnown(statusOfTitle(line), statusByColor[themeColor?.toLowerCase() ?? ""] ?? "unknown");
  return { answer: { status: 200, body: "1" }, content: { status, title: line, text: text ?? "", payload } };
}

function workflow(payload: unknown): Outcome {
  const message = adaptiveMessage.safeParse(payload);
  if (!message.success) {
    const places = message.error.issues.map(
      ({ path, message: what }) => `${path.join(".") || "body"}: ${what}`,
    );
    return refused(
      400,
      "TriggerInputSchemaMismatch",
      `The input does not fit the schema. ${places.join("; ")}`,
    );
  }
  const blocks = message.data.attachments.flatMap(({ content }) => content.body).filter(isTextBlock);
  const [first, ...others] = blocks;
  const title = first?.text ?? "";
  const color = typeof first?.color === "string" ? first.color.toLowerCase() : "";
  return {
    // A workflow answers before it has run, and with nothing.
    answer: { status: 202 },
    content: {
      status: firstKnown(statusOfTitle(title), statusByColor[color] ?? "unknown"),
      title,
      text: paragraphs(...others.map(({ text }) => text)),
      payload,
    },
  };
}

/** Colours that Alertmanager gives: of message cards, then of adaptive cards. */
const statusByColor: Readonly<Record<string, Status>> = {
  "8c1a1a": "firing",
  "2dc72d": "resolved",
  attention: "firing",
  good: "resolved",
};

function isTextBlock<T extends { readonly type: string }>(block: T): block is T & { readonly text: string } {
  return block.type === "TextBlock" && "text" in block && typeof block.text === "string";
}

function refused(status: number, code: string, message: string): Outcome {
  return { answer: { status, body: { error: { code, message } } } };
}
