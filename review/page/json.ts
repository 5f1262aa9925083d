import type { Review } from "./data/review";

/**
 * A review as JSON.
 * @throws Error that names the place of a number that JSON has not, such as NaN
 */
export function reviewJson(review: Review): string {
  return `${JSON.stringify(checked(review, "review"), null, 2)}\n`;
}

/** JSON would make null of NaN without a word. */
function checked(value: unknown, place: string): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new Error(
      `${place}: found ${String(value)}, allowed: a finite number, or null where there is none`,
    );
  }
  if (Array.isArray(value)) value.forEach((each, index) => checked(each, `${place}[${String(index)}]`));
  else if (typeof value === "object" && value !== null) {
    for (const [name, each] of Object.entries(value)) checked(each, `${place}.${name}`);
  }
  return value;
}
