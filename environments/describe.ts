export { nearest } from "../metrics/nearest";

/** `services[0].name` of `["services", 0, "name"]`; the environment itself is `(environment)`. */
export function formatPath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "(environment)";
  return path
    .map((key, index) => {
      if (typeof key === "number") return `[${String(key)}]`;
      const name = String(key);
      if (!/^[A-Za-z_$][\w$]*$/.test(name)) return `[${quote(name)}]`;
      return index === 0 ? name : `.${name}`;
    })
    .join("");
}

/** A value in a few words on one line, without what may be a secret in it. */
export function describeValue(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "string") return quote(value);
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : `a list of ${String(value.length)}`;
  if (value === null || typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

const longest = 80;

function quote(text: string): string {
  // A URL's user, password, path and query are where secrets are.
  const masked = text.replace(/:\/\/[^/\s]*@/g, "://***@").replace(/(:\/\/[^/\s]+\/)\S+/g, "$1***");
  const cut = masked.length > longest ? `${masked.slice(0, longest)}…` : masked;
  return JSON.stringify(cut);
}
