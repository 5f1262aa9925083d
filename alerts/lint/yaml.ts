import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  visit,
  type Alias,
  type Document,
  type Node,
  type Pair,
} from "yaml";

/** Where something stands in a file, counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A field of a map. */
export interface Field {
  /** Where its name stands. */
  readonly place: Place;
  readonly value: YamlValue;
}

/** A value as Prometheus takes it: merged, aliases followed, each scalar its text (`1.50`, `yes`). */
export type YamlValue = { readonly place: Place } & (
  | { readonly kind: "nothing" }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly YamlValue[] }
  | { readonly kind: "map"; readonly fields: ReadonlyMap<string, Field> }
);

/** What is wrong at a place. */
export interface Problem {
  readonly place: Place;
  readonly message: string;
}

/** A document of a file. */
export interface YamlDocument {
  readonly value: YamlValue;
  /** What is wrong with it, though it can be read: a field that is there twice, an alias within its own anchor. */
  readonly problems: readonly Problem[];
}

/** An error in the text, after which nothing of it can be relied on. */
export interface YamlError {
  readonly error: string;
  readonly place: Place;
}

/** The documents of a text in YAML or JSON. Never throws. */
export function readYaml(text: string): readonly YamlDocument[] | YamlError {
  let parsed: Parsed;
  try {
    parsed = parse(text);
  } catch (error) {
    // What is nested some thousand times.
    return { error: error instanceof Error ? error.message : String(error), place: { line: 1, column: 1 } };
  }
  const { documents, lines } = parsed;
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const fatal = documents.flatMap(({ errors }) => errors).find(({ code }) => code !== "DUPLICATE_KEY");
  if (fatal !== undefined) return { error: fatal.message, place: placeOf(fatal.pos[0]) };
  return documents.map((document) => {
    const { value, cycles } = new Conversion(document, placeOf);
    const twice = document.errors.map(({ pos }) => ({
      place: placeOf(pos[0]),
      message: "the field is there twice",
    }));
    return { value, problems: [...twice, ...cycles] };
  });
}

interface Parsed {
  readonly documents: readonly Document.Parsed[];
  readonly lines: LineCounter;
}

/** So many lines of a text are indented before it is taken for broken. */
const mostIndented = 200;

/**
 * Prometheus's YAML lets the later lines of a text in quotation marks begin further left than YAML does. Blanks there
 * mean nothing, so they are added.
 */
function parse(text: string): Parsed {
  const asWritten = parseStrictly(text);
  let [parsed, current]: [Parsed, string | undefined] = [asWritten, text];
  for (let count = 0; count < mostIndented; count++) {
    const cut = quoteCutIn(parsed);
    if (cut === undefined) return parsed;
    current = indentedAfter(current, cut);
    if (current === undefined) return asWritten;
    parsed = parseStrictly(current);
  }
  return asWritten;
}

function parseStrictly(text: string): Parsed {
  const lines = new LineCounter();
  const documents = [...parseAllDocuments(text, { lineCounter: lines, merge: true, prettyErrors: false })];
  return { documents, lines };
}

/** Where a text in quotation marks was taken to end, as its next line stands too far left. */
function quoteCutIn({ documents }: Parsed): number | undefined {
  return documents
    .flatMap(({ errors }) => errors)
    .find(({ code, message }) => code === "MISSING_CHAR" && message.includes("quote"))?.pos[0];
}

/** The text with the line after a place further right than that before it; undefined where there is none. */
function indentedAfter(text: string, place: number): string | undefined {
  const next = place + 1;
  if (text[place] !== "\n" || next >= text.length) return undefined;
  return text.slice(0, next) + " ".repeat(next - text.lastIndexOf("\n", place - 1)) + text.slice(next);
}

/** The values of a document. Each node is read once, however many aliases there are of it. */
class Conversion {
  readonly value: YamlValue;
  readonly cycles: Problem[] = [];
  private readonly open = new Set<Node>();
  private readonly aliased = new Map<Alias, Node>();
  private readonly converted = new Map<Node, YamlValue>();

  constructor(
    document: Document.Parsed,
    private readonly placeOf: (offset: number) => Place,
  ) {
    const anchors = new Map<string, Node>();
    visit(document, {
      Node: (_, node) => {
        if (!isAlias(node)) {
          if (node.anchor !== undefined) anchors.set(node.anchor, node);
          return;
        }
        const target = anchors.get(node.source);
        if (target !== undefined) this.aliased.set(node, target);
      },
    });
    this.value = this.convert(document.contents, this.placeOf(document.range[0]));
  }

  private convert(node: Node | null | undefined, outer: Place): YamlValue {
    if (!node) return { kind: "nothing", place: outer };
    const place = node.range ? this.placeOf(node.range[0]) : outer;
    // An alias is read where it stands, not where its anchor does.
    if (isAlias(node)) return { ...this.convert(this.aliased.get(node), place), place };
    const known = this.converted.get(node);
    if (known !== undefined) return known;
    if (this.open.has(node)) {
      this.cycles.push({ place: outer, message: "the alias stands within what it refers to" });
      return { kind: "nothing", place };
    }
    this.open.add(node);
    const value = this.read(node, place);
    this.open.delete(node);
    this.converted.set(node, value);
    return value;
  }

  private read(node: Node, place: Place): YamlValue {
    if (isScalar(node)) {
      if (node.value === null) return { kind: "nothing", place };
      return { kind: "text", text: node.source ?? "", place };
    }
    if (isSeq(node)) {
      return { kind: "list", items: node.items.map((item) => this.convert(item as Node, place)), place };
    }
    if (isMap(node))
      return { kind: "map", fields: this.fields(node.items as Pair<Node, Node>[], place), place };
    return { kind: "nothing", place };
  }

  private fields(pairs: readonly Pair<Node, Node | null>[], place: Place): ReadonlyMap<string, Field> {
    const own = new Map<string, Field>();
    const merged = new Map<string, Field>();
    for (const { key, value } of pairs) {
      const name = this.convert(key, place);
      const field = { place: name.place, value: this.convert(value, name.place) };
      if (isScalar(key) && key.source === "<<") {
        // Of several maps the first wins.
        for (const map of field.value.kind === "list" ? field.value.items : [field.value]) {
          if (map.kind !== "map") continue;
          for (const [each, from] of map.fields) if (!merged.has(each)) merged.set(each, from);
        }
      } else own.set(name.kind === "text" ? name.text : "", field);
    }
    return new Map([...merged, ...own]);
  }
}
