import { objectsIn, textIn } from "../json";
import { readMrkdwn } from "./mrkdwn";
import { anchor, element, fieldGrid, plain, type FormContext, type Piece } from "./piece";

type Fields = Readonly<Record<string, unknown>>;

/** Colours of Slack's own names. */
const colors: Readonly<Record<string, string>> = { good: "#2eb886", warning: "#daa038", danger: "#a30200" };
const noColor = "#8d8d8d";

/** A message in a channel of Slack. */
export function slackForm(message: Fields, context: FormContext): Piece[] {
  return [
    element(
      "div",
      "slack",
      ...(textIn(message.channel) === "" ? [] : [element("p", "channel", textIn(message.channel))]),
      element(
        "p",
        "author",
        plain("b", textIn(message.username) || "incoming-webhook"),
        element("span", "app", "APP"),
      ),
      ...textOf(message.text, context),
      ...blocksOf(message.blocks, context),
      ...objectsIn(message.attachments).map((each) => attachment(each, context)),
    ),
  ];
}

function attachment(fields: Fields, context: FormContext): Piece {
  const { title, title_link: link, text, pretext, footer, author_name: author, color, fallback } = fields;
  const inside: Piece[] = [
    ...(textIn(author) === "" ? [] : [element("p", "small", textIn(author))]),
    ...(textIn(title) === ""
      ? []
      : [
          element(
            "p",
            "title",
            textIn(link) === "" ? textOfTitle(title) : anchor(textIn(link), [textOfTitle(title)], context),
          ),
        ]),
    ...textOf(text, context),
    ...fieldsOf(fields.fields, context),
    ...blocksOf(fields.blocks, context),
    ...buttons(fields.actions, context),
    ...(textIn(footer) === "" ? [] : [element("p", "small", textIn(footer))]),
  ];
  const shown = inside.length > 0 || textIn(pretext) !== "" ? inside : textOf(fallback, context);
  return plain("div", ...textOf(pretext, context), {
    is: "div",
    look: "attachment",
    color: barColor(textIn(color)),
    children: shown,
  });
}

/** A title is no markup, but its entities are read. */
function textOfTitle(title: unknown): string {
  return textIn(title).replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

function barColor(color: string): string {
  const named = colors[color.toLowerCase()];
  if (named !== undefined) return named;
  return /^#?[0-9a-f]{6}$/i.test(color) ? `#${color.replace("#", "")}` : noColor;
}

function textOf(value: unknown, context: FormContext): Piece[] {
  const text = textIn(value);
  return text.trim() === "" ? [] : [element("div", "text", ...readMrkdwn(text, context))];
}

function fieldsOf(value: unknown, context: FormContext): Piece[] {
  return fieldGrid(
    objectsIn(value).map(({ title, value: text, short }) => ({
      name: [textOfTitle(title)],
      value: textOf(text, context),
      isShort: short === true,
    })),
  );
}

/** https://docs.slack.dev/reference/block-kit/blocks */
function blocksOf(value: unknown, context: FormContext): Piece[] {
  return objectsIn(value).flatMap((block) => {
    switch (block.type) {
      case "section":
        return [
          ...textObject(block.text, context),
          ...fieldsOf(
            objectsIn(block.fields).map(({ text }) => ({ value: text, short: true })),
            context,
          ),
        ];
      case "header":
        return [element("p", "title", ...textObject(block.text, context))];
      case "markdown":
        return textOf(block.text, context);
      case "context":
        return [
          element("div", "small", ...objectsIn(block.elements).flatMap((each) => textObject(each, context))),
        ];
      case "actions":
        return buttons(block.elements, context);
      case "divider":
        return [plain("hr")];
      case "image":
        return [element("p", "small", `[image: ${textIn(block.alt_text)}]`)];
      default:
        return [element("p", "small", `[a block that is not drawn here: ${textIn(block.type)}]`)];
    }
  });
}

function textObject(value: unknown, context: FormContext): Piece[] {
  const [object] = objectsIn([value]);
  if (!object) return [];
  if (object.type === "image") return [`[image: ${textIn(object.alt_text)}]`];
  if (object.type === "plain_text") return [element("div", "text", textIn(object.text))];
  return textOf(object.text, context);
}

function buttons(value: unknown, context: FormContext): Piece[] {
  const shown = objectsIn(value).flatMap((action) => {
    const words = typeof action.text === "string" ? action.text : textIn(objectsIn([action.text])[0]?.text);
    return words === ""
      ? []
      : [element("span", "button-there", anchor(textIn(action.url), [words], context))];
  });
  return shown.length === 0 ? [] : [element("p", "buttons", ...shown)];
}
