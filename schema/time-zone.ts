import { textThat } from "./primitives";

/**
 * How IANA writes a zone: capitals alone stand at the top and below `Etc`, `US` and `Australia`; else each word begins
 * with one. Alertmanager finds `Europe/Berlin` in a folder of files, and no `europe/berlin`.
 */
const word = "(?:(?:[A-Z][a-z]+)+|Mc[A-Z][a-z]+|DumontDUrville|GMT[+-]?[0-9]{0,2})";
const place = `${word}(?:[_-](?:${word}|of|es|au|in|IN))*`;
const spelling = new RegExp(
  `^(?:[A-Z]{2,3}(?:-CHAT|-Eire)?|W-SU|[A-Z]{3}[0-9][A-Z]{3}|GMT[+-]?0|` +
    `(?:Etc|Australia)/[A-Z]{3}|US/(?:${place})|(?:${place})(?:/${place}){0,2})$`,
);

/** What was found out of each name: the engine takes long to tell of one. */
const known = new Map<string, boolean>([["utc", true]]);

function isTimeZone(name: string): boolean {
  const found = known.get(name) ?? (spelling.test(name) && isKnownToEngine(name));
  known.set(name, found);
  return found;
}

/** The zones by the names that the engine prefers. To ask it about another takes six times as long as all of these. */
let preferred: ReadonlySet<string> | undefined;

function isKnownToEngine(name: string): boolean {
  preferred ??= new Set(Intl.supportedValuesOf("timeZone"));
  if (preferred.has(name)) return true;
  try {
    const resolved = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
    // Another name for it, perhaps an older one; or the same, spelt as it must be.
    return resolved.toLowerCase() !== name.toLowerCase() || resolved === name;
  } catch {
    return false;
  }
}

/** A time zone by its name at IANA, of today or an older one, spelt as there, which is kept; or `utc`. */
export const timeZone = textThat(
  isTimeZone,
  `"utc" or the name of a time zone at IANA, spelt as there, such as "Europe/Berlin"`,
);
