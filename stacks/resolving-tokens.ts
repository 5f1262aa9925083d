import { Tokenization } from "cdktf";

/** Puts the values of tokens in their places. */
type Resolve = (value: unknown) => unknown;

/**
 * Runs something in which the framework resolves nothing but tokens. It makes a context for each key and each value of
 * each element of a stack, and then for all of them once more: a fifth of a synth. What holds no token comes out as it
 * would by the framework: as it is, without what is undefined.
 */
export function resolvingTokensAlone(make: () => void): void {
  const original = Tokenization.resolve.bind(Tokenization);
  Tokenization.resolve = (value: unknown, options): unknown => {
    const resolve: Resolve = (each) => original(each, options);
    try {
      return resolved(value, resolve);
    } catch {
      // The framework's message says where, from the value that it was given.
      return resolve(value);
    }
  };
  try {
    make();
  } finally {
    Tokenization.resolve = original;
  }
}

function resolved(value: unknown, resolve: Resolve): unknown {
  if (value === undefined || value === null || typeof value === "boolean") return value;
  if (typeof value === "string" || typeof value === "number") {
    return mayHoldToken(value) ? resolve(value) : value;
  }
  if (Array.isArray(value)) return resolvedList(value, resolve);
  return isPlain(value) ? resolvedMap(value, resolve) : resolve(value);
}

function resolvedList(list: readonly unknown[], resolve: Resolve): unknown {
  // Its only element may stand for all of it.
  if (list.some(mayHoldToken)) return resolve(list);
  return list.map((each) => resolved(each, resolve)).filter((each) => each !== undefined);
}

function resolvedMap(map: Readonly<Record<string, unknown>>, resolve: Resolve): unknown {
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(map)) {
    // Its only key may stand for all of it.
    if (mayHoldToken(key)) return resolve(map);
    const value = resolved(map[key], resolve);
    if (value !== undefined) result[key] = value;
  }
  return result;
}

/** In a text a token has its mark, or is a number, which is one that nobody means: -1.888e+289 and beyond. */
function mayHoldToken(value: unknown): boolean {
  if (typeof value === "string") return value.includes("TfToken[") || value.includes("e+");
  return typeof value === "number" && Math.abs(value) >= 1e21;
}

/** Neither of a class nor a token itself. */
function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype &&
    !("resolve" in value)
  );
}
