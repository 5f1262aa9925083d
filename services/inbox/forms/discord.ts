import { objectsIn, textIn } from "../json";
import { readInlineMarkdown, readMarkdown, type Dialect } from "./markdown";
import { anchor, element, fieldGrid, plain, type FormContext, type Piece } from "./piece";

type Fields = Readonly<Record<string, unknown>>;

const dialect: Dialect = { keepsLines: true, underlines: true };

/** A message in a channel of Discord. */
export function discordForm(message: Fields, context: FormContext): Piece[] {
  const content = textIn(message.content);
  return [
    element(
      "div",
      "discord",
      element(
        "p",
        "author",
        plain("b", textIn(message.username) || "Webhook"),
        element("span", "app", "APP"),
      ),
      ...(content.trim() === "" ? [] : [element("div", "text", ...readMarkdown(content, dialect, context))]),
      ...objectsIn(message.embeds).map((each) => embed(each, context)),
    ),
  ];
}

/** https://docs.discord.com/developers/resources/message#embed-object */
function embed(
  { title, description, url, color, fields, footer, author }: Fields,
  context: FormContext,
): Piece {
  const words = readInlineMarkdown(textIn(title), dialect, context);
  const authorName = textIn(objectsIn([author])[0]?.name);
  const footerText = textIn(objectsIn([footer])[0]?.text);
  return {
    is: "div",
    look: "embed",
    ...(typeof color === "number" && { color: colorOf(color) }),
    children: [
      ...(authorName === "" ? [] : [element("p", "small", authorName)]),
      ...(words.length === 0
        ? []
        : [element("p", "title", ...(textIn(url) === "" ? words : [anchor(textIn(url), words, context)]))]),
      ...(textIn(description) === ""
        ? []
        : [element("div", "text", ...readMarkdown(textIn(description), dialect, context))]),
      ...fieldsOf(fields, context),
      ...(footerText === "" ? [] : [element("p", "small", footerText)]),
    ],
  };
}

function fieldsOf(value: unknown, context: FormContext): Piece[] {
  return fieldGrid(
    objectsIn(value).map(({ name, value: text, inline }) => ({
      name: readInlineMarkdown(textIn(name), dialect, context),
      value: readMarkdown(textIn(text), dialect, context),
      isShort: inline === true,
    })),
  );
}

/** A colour as Discord has it, a number of 24 bits. */
function colorOf(color: number): string {
  return `#${(Math.max(0, Math.trunc(color)) & 0xffffff).toString(16).padStart(6, "0")}`;
}
