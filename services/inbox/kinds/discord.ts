import { markdownMarkup, readNotification } from "../cards/notification-text";
import { discordForm } from "../forms/discord";
import type { Status } from "../message";
import { firstKnown, statusOfTitle } from "../status";
import { isObject, lengthOf, paragraphs, parseJson, type Kind, type Outcome, type Posted } from "./kind";
import { execution, mistakesOf, type Embed, type Mistakes } from "./discord-schema";

/** Characters of all embeds of a message together. https://docs.discord.com/developers/resources/message#embed-limits */
export const maxEmbedsLength = 6000;

/** Discord, by a webhook. */
export const discord: Kind = {
  label: "Discord",
  receive,
  subjectOf: ({ title, text }) => readNotification(title, text, markdownMarkup),
  form: discordForm,
};

/**
 * Executing a webhook: https://docs.discord.com/developers/resources/webhook#execute-webhook. Only JSON is taken; the
 * forms that Discord takes too (they are for files) are refused.
 */
function receive({ body, mediaType, query }: Posted): Outcome {
  if (mediaType !== "application/json") {
    return invalidForm({ _errors: [{ code: "CONTENT_TYPE_INVALID", message: contentTypes }] });
  }
  const payload = parseJson(body);
  if (payload === undefined) return refused(50109, "The request body contains invalid JSON.");
  if (!isObject(payload)) {
    const message = "Only dictionaries may be used in a ModelType";
    return invalidForm({ _errors: [{ code: "MODEL_TYPE_CONVERT", message }] });
  }
  const parsed = execution.safeParse(payload);
  if (!parsed.success) return invalidForm(mistakesOf(parsed.error, payload));
  const content = parsed.data.content?.trim() ?? "";
  const embeds = parsed.data.embeds ?? [];
  if (embeds.reduce((sum, embed) => sum + lengthOfEmbed(embed), 0) > maxEmbedsLength) {
    const message = `Embed size exceeds maximum size of ${String(maxEmbedsLength)}`;
    return invalidForm({ embeds: { _errors: [{ code: "MAX_EMBED_SIZE_EXCEEDED", message }] } });
  }
  if (content === "" && embeds.every(isEmpty)) return refused(50006, "Cannot send an empty message");
  const [first] = embeds;
  const title =
    first?.title?.trim() || (content.split("\n", 1)[0] ?? "") || (first?.description?.trim() ?? "");
  const status = firstKnown(
    statusOfTitle(title),
    ...embeds.map(({ color }) => statusByColor[color ?? -1] ?? "unknown"),
  );
  const text = paragraphs(content, ...embeds.map((embed, index) => textOfEmbed(embed, index > 0)));
  const answer = isTrue(query.get("wait"))
    ? { status: 200, body: messageOf(content, embeds) }
    : { status: 204 };
  return { answer, content: { status, title, text, payload } };
}

/** As Discord reads a boolean of a query. */
function isTrue(value: string | null): boolean {
  return value !== null && ["true", "1"].includes(value.toLowerCase());
}

/** With `wait=true` the answer is the message that was made. https://docs.discord.com/developers/resources/message */
function messageOf(content: string, embeds: readonly Embed[]) {
  const id = String((BigInt(Date.now()) - discordEpochMs) << 22n);
  return {
    id,
    type: 0,
    channel_id: "0",
    content,
    embeds,
    attachments: [],
    mentions: [],
    mention_roles: [],
    mention_everyone: false,
    pinned: false,
    tts: false,
    timestamp: new Date().toISOString(),
    edited_timestamp: null,
    flags: 0,
    components: [],
    webhook_id: "0",
    author: { id: "0", username: "inbox", discriminator: "0000", avatar: null, bot: true },
  };
}

/** Ids of Discord tell the time since the first second of 2015. */
const discordEpochMs = 1_420_070_400_000n;

const contentTypes = "Expected \"Content-Type\" header to be one of {'application/json'}.";

/** Colours that Alertmanager gives an embed. */
const statusByColor: Readonly<Record<number, Status>> = { 0x992d22: "firing", 0x2ecc71: "resolved" };

/** The texts that count for the limit of all embeds. */
function lengthOfEmbed({ title, description, fields, footer, author }: Embed): number {
  const inFields = (fields ?? []).flatMap(({ name, value }) => [name, value]);
  return [title, description, footer?.text, author?.name, ...inFields].reduce(
    (sum, text) => sum + lengthOf(text?.trim() ?? ""),
    0,
  );
}

function isEmpty(embed: Embed): boolean {
  return lengthOfEmbed(embed) === 0 && !embed.image?.url && !embed.thumbnail?.url;
}

function textOfEmbed({ title, description, fields, footer }: Embed, withTitle: boolean): string {
  const lines = (fields ?? []).map(({ name, value }) => `${name}: ${value}`);
  return paragraphs(withTitle ? title : undefined, description, lines.join("\n"), footer?.text);
}

function refused(code: number, message: string): Outcome {
  return { answer: { status: 400, body: { message, code } } };
}

function invalidForm(errors: Mistakes): Outcome {
  return { answer: { status: 400, body: { message: "Invalid Form Body", code: 50035, errors } } };
}
