import { replaced } from "../notifications/expressions";
import { plainText, title } from "../notifications/message";

/** Runes of the part after the status. SNS cuts a subject at 100 characters. */
const mostRunes = 70;

/**
 * A title in ASCII: SNS puts an error in the place of a subject with other characters. Source:
 * https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-alertmanager-receiver-validation-truncation.html, November 2026.
 */
export function asciiTitle(): string {
  const escape = (text: string) =>
    replaced(String.raw`[^\x20-\x7E]`, "?", replaced("…", "...", replaced(" · ", " - ", text)));
  return title({ ...plainText, escape }, mostRunes);
}
