/** Where to change what: `services.0.name` and the value that stands there afterwards; undefined removes the key. */
export type Edit = readonly [path: string, value: unknown];

/** A deep copy of plain data with some values changed. */
export function edited(original: unknown, ...edits: readonly Edit[]): unknown {
  const copy = structuredClone(original);
  for (const [path, value] of edits) {
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    const parent = keys.reduce<unknown>((inner, key) => asRecord(inner, path)[key], copy);
    if (value === undefined) Reflect.deleteProperty(asRecord(parent, path), last);
    else asRecord(parent, path)[last] = value;
  }
  return copy;
}

function asRecord(value: unknown, path: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null) throw new Error(`Nothing to edit at ${path}.`);
  return value as Record<string, unknown>;
}
