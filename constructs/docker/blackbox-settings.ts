import { z } from "zod";
import { duration, list, textThat, wholeNumber } from "../../schema/primitives";

/** What JavaScript takes in a regular expression and RE2 does not: looking around, references back, other escapes. */
const notRe2 = /\(\?<?[=!]|\(\?<|\\[1-9cku]|\[\^?\]/;

function isRe2(pattern: string): boolean {
  if (pattern === "" || pattern.length > 500 || notRe2.test(pattern)) return false;
  try {
    // Flags at the start, such as `(?i)`, are RE2's.
    return RegExp(pattern.replace(/^\(\?[imsU]+\)/, "")) instanceof RegExp;
  } catch {
    return false;
  }
}

/** A regular expression of the programs that are written in Go. */
export const re2 = textThat(
  isRe2,
  "a regular expression (RE2) of 1 to 500 characters, without lookaround and references back",
);

/** Longest time of a probe. */
export const probeTimeout = duration("100ms", "2m");

/** How a URL must answer. */
export const probeSchema = z.strictObject({
  /** Statuses that it may answer with, such as `[200, 401]`. Default: any from 200 to 299. */
  statuses: list(wholeNumber(100, 599), 1, 20).optional(),
  /** Regular expression (RE2) that must be found in the answer, such as `"status":"ok"`. Default: any answer will do. */
  text: re2.optional(),
  /**
   * Longest time until the whole answer is there, at least half a second below `prometheus.scrapeTimeout`. Default `5s`,
   * or half a second below the scrape's where that is shorter.
   */
  timeout: probeTimeout.default("5s"),
  /** Whether redirects are followed to the answer that people see in the end. Default true. */
  followRedirects: z.boolean({ error: "true or false" }).default(true),
});

/** How a URL must answer. */
export type ProbeSettings = Readonly<z.output<typeof probeSchema>>;
