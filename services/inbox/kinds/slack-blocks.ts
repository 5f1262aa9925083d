import { z } from "zod";
import { lengthOf, paragraphs } from "./kind";

/**
 * Block Kit, as far as messages of alerts use it: types, required fields and limits.
 * https://docs.slack.dev/reference/block-kit/blocks
 */
const maxBlocks = 50;

const textOf = (most: number) => z.string().refine((text) => text.length > 0 && lengthOf(text) <= most);
const plainText = (most: number) => z.looseObject({ type: z.literal("plain_text"), text: textOf(most) });
const anyText = (most: number) =>
  z.looseObject({ type: z.enum(["plain_text", "mrkdwn"]), text: textOf(most) });
const image = z.looseObject({ type: z.literal("image"), alt_text: textOf(2000) });

const id = z.string().max(255).optional();
const block = z.discriminatedUnion("type", [
  z
    .looseObject({
      type: z.literal("section"),
      block_id: id,
      text: anyText(3000).optional(),
      fields: z.array(anyText(2000)).min(1).max(10).optional(),
    })
    .refine(({ text, fields }) => text !== undefined || fields !== undefined),
  z.looseObject({ type: z.literal("header"), block_id: id, text: plainText(150) }),
  z.looseObject({ type: z.literal("divider"), block_id: id }),
  z.looseObject({
    type: z.literal("context"),
    block_id: id,
    elements: z
      .array(z.union([anyText(3000), image]))
      .min(1)
      .max(10),
  }),
  z.looseObject({ type: z.literal("actions"), block_id: id, elements: z.array(z.unknown()).min(1).max(25) }),
  z.looseObject({
    type: z.literal("image"),
    block_id: id,
    alt_text: textOf(2000),
    title: plainText(2000).optional(),
  }),
  z.looseObject({ type: z.literal("markdown"), block_id: id, text: textOf(12_000) }),
  z.looseObject({ type: z.enum(["rich_text", "video", "file", "table", "input"]), block_id: id }),
]);
const blocksOfMessage = z.array(block).max(maxBlocks);

/** Whether Slack would take these blocks. */
export function areBlocksValid(blocks: readonly unknown[]): boolean {
  return blocksOfMessage.safeParse(blocks).success;
}

/** Text of sections, headers, contexts and markdown, in their order. */
export function textOfBlocks(blocks: readonly unknown[]): string {
  const parsed = blocksOfMessage.safeParse(blocks);
  return paragraphs(...(parsed.data ?? []).flatMap(textsOf));
}

function textsOf(each: z.infer<typeof block>): (string | undefined)[] {
  switch (each.type) {
    case "section":
      return [each.text?.text, ...(each.fields ?? []).map(({ text }) => text)];
    case "header":
      return [each.text.text];
    case "markdown":
      return [each.text];
    case "context":
      return each.elements.map((element) => (element.type === "image" ? undefined : element.text));
    default:
      return [];
  }
}
