/** A text where it is one; else nothing. */
export function textIn(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** The objects of a list; none where it is no list. */
export function objectsIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (!Array.isArray(value)) return [];
  return value.filter((each): each is Record<string, unknown> => typeof each === "object" && each !== null);
}
