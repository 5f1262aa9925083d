import ts from "typescript";
import type { Names } from "./names";

const makers: ReadonlySet<string> = new Set(["counter", "gauge", "histogram"]);
const property = "formerly";

/** The call that defines a metric, in a file of a catalogue: `counter("parcels_total", { ... })`. */
interface Definition {
  readonly name: ts.StringLiteral;
  readonly settings: ts.ObjectLiteralExpression;
}

/** Whether a file defines a metric of that name. */
export function defines(path: string, text: string, name: string): boolean {
  return definitionIn(path, text, name) !== undefined;
}

/**
 * The file's text with the name that the metric had in its definition; it has the new name there already.
 * @throws Error when the file does not define it
 */
export function withFormerName(path: string, text: string, { from, to }: Names): string {
  const { settings } = found(path, text, to);
  const last = settings.properties.at(-1);
  const added = `${property}: ${JSON.stringify(from)}`;
  const at = last === undefined ? settings.getStart() + 1 : last.end;
  return `${text.slice(0, at)}${last === undefined ? ` ${added} ` : `, ${added}`}${text.slice(at)}`;
}

/**
 * The file's text without the name that the metric had.
 * @throws Error when the file does not define it so
 */
export function withoutFormerName(path: string, text: string, { from, to }: Names): string {
  const { settings } = found(path, text, to);
  const index = settings.properties.findIndex(
    (each) =>
      ts.isPropertyAssignment(each) &&
      each.name.getText() === property &&
      ts.isStringLiteralLike(each.initializer) &&
      each.initializer.text === from,
  );
  const it = settings.properties[index];
  if (it === undefined) throw new Error(`${path}: the definition of ${to} has no ${property}: "${from}".`);
  const before = settings.properties[index - 1];
  const next = settings.properties[index + 1];
  // With the comma behind it, or, of the last one, before it.
  const [start, end] =
    next !== undefined ? [it.getStart(), next.getStart()] : [before?.end ?? it.getStart(), it.end];
  return text.slice(0, start) + text.slice(end);
}

function found(path: string, text: string, name: string): Definition {
  const definition = definitionIn(path, text, name);
  if (definition === undefined) throw new Error(`${path} does not define ${name}.`);
  return definition;
}

/** Whether an object has a property; known traffic has calls of the same names, which say no help. */
function says({ properties }: ts.ObjectLiteralExpression, name: string): boolean {
  return properties.some((each) => each.name?.getText() === name);
}

function definitionIn(path: string, text: string, name: string): Definition | undefined {
  if (!text.includes(name)) return undefined;
  let result: Definition | undefined;
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && makers.has(node.expression.text)) {
      const [first, second] = node.arguments;
      const isIt = first !== undefined && ts.isStringLiteral(first) && first.text === name;
      if (isIt && second !== undefined && ts.isObjectLiteralExpression(second) && says(second, "help")) {
        result = { name: first, settings: second };
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
  return result;
}
