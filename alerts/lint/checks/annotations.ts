import { isWatchdog, type Check } from "../rule";

/** Each text with the names that it goes by. */
const texts = [
  ["summary", ["summary", "title"]],
  ["description", ["description", "message"]],
] as const;

/** Whoever is woken at night reads them: what happens, and what it means. */
export const annotations: Check = {
  name: "annotations",
  summary: "An alert has a summary and a description; one with the severity none needs neither.",
  check(rule) {
    if (rule.kind === "record" || isWatchdog(rule)) return [];
    const missing = texts
      .filter(([, names]) => names.every((name) => (rule.annotations[name] ?? "").trim() === ""))
      .map(([what]) => what);
    return missing.length === 0
      ? []
      : [`The alert has no ${missing.join(" and no ")}: write what is read at night.`];
  },
};
