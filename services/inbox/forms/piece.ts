/** Elements that a message can have on the page. */
export type Tag =
  | "a"
  | "b"
  | "blockquote"
  | "br"
  | "code"
  | "dd"
  | "div"
  | "dl"
  | "dt"
  | "hr"
  | "i"
  | "iframe"
  | "li"
  | "ol"
  | "p"
  | "pre"
  | "s"
  | "span"
  | "u"
  | "ul";

/** A part of a message as it is shown: text, which is never read as markup, or an element. */
export type Piece = string | PieceElement;

/** An element of a message. */
export interface PieceElement {
  readonly is: Tag;
  /** Its class in the page's style sheet. Never a text of a message. */
  readonly look?: string;
  /** Where a link leads; what a frame shows. */
  readonly href?: string;
  /** Colour of its bar: `#rrggbb`. */
  readonly color?: string;
  /** What a frame is called. */
  readonly label?: string;
  readonly children: readonly Piece[];
}

/** What forms are made with. */
export interface FormContext {
  /** Id of the message. */
  readonly id: string;
  /** Where a link of the message leads from the page; undefined where that is nothing that answers. */
  readonly hrefOf: (url: string) => string | undefined;
}

/** An element of a class. */
export function element(is: Tag, look: string, ...children: readonly Piece[]): PieceElement {
  return { is, look, children };
}

/** An element without a class. */
export function plain(is: Tag, ...children: readonly Piece[]): PieceElement {
  return { is, children };
}

/** A link; its words alone where it leads nowhere. */
export function anchor(url: string, words: readonly Piece[], { hrefOf }: FormContext): PieceElement {
  const href = hrefOf(url);
  return href === undefined ? { is: "span", children: words } : { is: "a", href, children: words };
}

/** Names and values, those without a value left out. */
export function facts(rows: readonly (readonly [name: string, value: readonly Piece[] | string])[]): Piece[] {
  const shown = rows.filter(([, value]) => value.length > 0);
  if (shown.length === 0) return [];
  return [
    element(
      "dl",
      "facts",
      ...shown.flatMap(([name, value]) => [
        plain("dt", name),
        plain("dd", ...(typeof value === "string" ? [value] : value)),
      ]),
    ),
  ];
}

/** A field of a message at a receiver that sets short ones side by side. */
export interface Field {
  readonly name: readonly Piece[];
  readonly value: readonly Piece[];
  readonly isShort: boolean;
}

/** Fields, short ones side by side; nothing where there are none. */
export function fieldGrid(fields: readonly Field[]): Piece[] {
  if (fields.length === 0) return [];
  const cells = fields.map(({ name, value, isShort }) =>
    element("div", isShort ? "short" : "long", plain("b", ...name), ...value),
  );
  return [element("div", "fields", ...cells)];
}

/** JSON as it is. */
export function jsonForm(payload: unknown): Piece[] {
  return [plain("pre", JSON.stringify(payload, null, 2))];
}
