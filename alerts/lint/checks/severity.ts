import { nearest } from "../../../metrics/describe";
import type { Check } from "../rule";

/** What this project's routes know. */
const own = ["critical", "warning", "none"];
/** What others call theirs. Short words are taken for what they are: too many are near to one another. */
const common = [
  ...own,
  "emergency",
  "error",
  "ticket",
  "notice",
  "urgent",
  "disaster",
  "average",
  "major",
  "minor",
];
const shortest = 5;

/** No route knows a misspelt severity: the alert goes to whom nobody meant, or to nobody. */
export const severity: Check = {
  name: "severity",
  summary: "The severity is none that is misspelt; with --catalogue it is critical, warning or none.",
  check({ kind, labels }, { catalogue }) {
    const found = labels.severity;
    if (kind === "record" || found?.includes("{{")) return [];
    if (catalogue !== undefined) return own.some((one) => one === found) ? [] : [notOurs(found)];
    if (found === undefined || found.length < shortest || common.includes(found.toLowerCase())) return [];
    const meant = nearest(
      found,
      common.filter(({ length }) => length >= shortest),
    );
    return meant === undefined ? [] : [`No route knows the severity "${found}"; did you mean "${meant}"?`];
  },
};

function notOurs(found: string | undefined): string {
  const allowed = `allowed: ${own.join(", ")}`;
  if (found === undefined) return `The alert has no severity, ${allowed}.`;
  const meant = nearest(found, own);
  return `No route knows the severity "${found}", ${allowed}${meant === undefined ? "." : `; did you mean "${meant}"?`}`;
}
