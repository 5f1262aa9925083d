import { objectsIn, textIn } from "../json";
import { readInlineMarkdown, readMarkdown, type Dialect } from "./markdown";
import { anchor, element, facts, type FormContext, type Piece } from "./piece";

type Fields = Readonly<Record<string, unknown>>;

/** A single line end is a space. */
const dialect: Dialect = { keepsLines: false, underlines: false };

/** A message in a channel of Microsoft Teams: adaptive cards of a workflow, or the older card of a connector. */
export function msteamsForm(message: Fields, context: FormContext): Piece[] {
  const cards =
    "@type" in message
      ? [connectorCard(message, context)]
      : objectsIn(message.attachments).map(({ content }) => adaptiveCard(content, context));
  return [element("div", "teams", element("p", "author", "Workflows"), ...cards)];
}

function adaptiveCard(content: unknown, context: FormContext): Piece {
  const [card = {}] = objectsIn([content]);
  return element("div", "adaptive-card", ...elements(card.body, context), ...actions(card.actions, context));
}

/** https://adaptivecards.io/explorer/ */
function elements(value: unknown, context: FormContext): Piece[] {
  return objectsIn(value).flatMap((each): Piece[] => {
    switch (each.type) {
      case "TextBlock":
        return [element("div", looksOf(each), ...readMarkdown(textIn(each.text), dialect, context))];
      case "RichTextBlock":
        return [element("p", "text", ...objectsIn(each.inlines).map(({ text }) => textIn(text)))];
      case "FactSet":
        return facts(
          objectsIn(each.facts).map(({ title, value: text }) => [
            textIn(title),
            readInlineMarkdown(textIn(text), dialect, context),
          ]),
        );
      case "Container":
      case "Column":
        return elements(each.items, context);
      case "ColumnSet":
        return [
          element(
            "div",
            "columns",
            ...objectsIn(each.columns).map((column) =>
              element("div", "column", ...elements([{ ...column, type: "Column" }], context)),
            ),
          ),
        ];
      case "ActionSet":
        return actions(each.actions, context);
      case "Image":
        return [element("p", "small", `[image: ${textIn(each.altText)}]`)];
      default:
        return [element("p", "small", `[an element that is not drawn here: ${textIn(each.type)}]`)];
    }
  });
}

const textColors = ["attention", "good", "warning", "accent"];
const textSizes = ["medium", "large", "extralarge"];

function looksOf({ color, size, weight, isSubtle }: Fields): string {
  const own = (value: unknown, known: readonly string[]) =>
    known.filter((name) => name === textIn(value).toLowerCase());
  return [
    "text",
    ...own(color, textColors),
    ...own(size, textSizes),
    ...own(weight, ["bolder"]),
    ...(isSubtle === true ? ["subtle"] : []),
  ].join(" ");
}

function actions(value: unknown, context: FormContext): Piece[] {
  const shown = objectsIn(value)
    .filter(({ type }) => type === "Action.OpenUrl")
    .map(({ title, url }) => element("span", "button-there", anchor(textIn(url), [textIn(title)], context)));
  return shown.length === 0 ? [] : [element("p", "buttons", ...shown)];
}

/** https://learn.microsoft.com/outlook/actionable-messages/message-card-reference */
function connectorCard({ title, summary, text, themeColor }: Fields, context: FormContext): Piece {
  const color = /^[0-9a-f]{6}$/i.exec(textIn(themeColor))?.[0];
  return {
    is: "div",
    look: "adaptive-card",
    ...(color !== undefined && { color: `#${color}` }),
    children: [
      element("div", "text bolder medium", textIn(title) || textIn(summary)),
      element("div", "text", ...readMarkdown(textIn(text), dialect, context)),
    ],
  };
}
