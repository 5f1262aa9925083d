import type { Subject } from "../cards/subject";
import type { FormContext, Piece } from "../forms/piece";
import type { Content } from "../message";

/** A request's body as it came. */
export interface Posted {
  readonly body: Buffer;
  /** Media type in lower case, without parameters; empty where the request names none. */
  readonly mediaType: string;
  /** What stands in the address after the receiver, with its slash; empty unless the kind has a `path`. */
  readonly path: string;
  /** The query of the address. */
  readonly query: URLSearchParams;
}

/** What the real service would answer. */
export interface Answer {
  readonly status: number;
  /** A string is sent as text, anything else as JSON; undefined is an empty body. */
  readonly body?: string | object;
}

/** The answer to a request, and the message in it where it was accepted. */
export type Outcome =
  | { readonly answer: Answer; readonly content: Content }
  | { readonly answer: Answer; readonly content?: undefined };

/** A kind of receiver: how the inbox takes its messages, and shows them. */
export interface Kind {
  /** What people call it, as in "Slack to slack-critical". */
  readonly label: string;
  /** Checks a webhook and answers as the real service does. Default: it takes none, its messages come another way. */
  readonly receive?: (posted: Posted) => Outcome;
  /** What of the address may follow the receiver, as a pattern of Fastify's, such as `/:key`. Default: nothing. */
  readonly path?: string;
  /** What a message is about. */
  readonly subjectOf: (content: Content) => Subject;
  /** How a message looks at its receiver; its payload is an object or a list. */
  readonly form: (payload: Readonly<Record<string, unknown>>, context: FormContext) => readonly Piece[];
  /** The HTML of a message, which is shown in a frame; empty where it has none. Default: no message has. */
  readonly htmlOf?: (payload: unknown) => string;
}

/** Deepest nesting of JSON that is taken; what is deeper could not be written out again. */
export const maxDepth = 64;

/** The value of a JSON text in UTF-8; undefined (which JSON cannot say) where it is none or nested too deep. */
export function parseJson(body: Buffer | string): unknown {
  try {
    const text = typeof body === "string" ? body : new TextDecoder("utf-8", { fatal: true }).decode(body);
    const value: unknown = JSON.parse(text);
    return isDeeperThan(value, maxDepth) ? undefined : value;
  } catch {
    return undefined;
  }
}

function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return depth === 0 || Object.values(value).some((each) => isDeeperThan(each, depth - 1));
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Number of characters as people count them: code points, not UTF-16 units. */
export function lengthOf(text: string): number {
  return text.length < 2 ? text.length : Array.from(text).length;
}

/** The parts that hold something, a blank line between them. */
export function paragraphs(...parts: readonly (string | null | undefined)[]): string {
  return parts
    .map((part) => part?.trim() ?? "")
    .filter((part) => part !== "")
    .join("\n\n");
}
