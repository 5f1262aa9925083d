import { parse } from "./parse";
import type { Check } from "./rule";

/** The expression is PromQL. */
export const syntax: Check = ({ text }) => {
  const parsed = parse(text);
  return "errors" in parsed ? parsed.errors.map((error) => `The expression is no PromQL at ${error}.`) : [];
};
