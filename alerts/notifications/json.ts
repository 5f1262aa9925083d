import { replaced } from "./expressions";

/**
 * A text as it stands between the quotes of JSON. Alertmanager's templates have no function for that in every version;
 * control characters other than the end of a line have no place in a message, and are spaces.
 */
export function jsonText(text: string): string {
  const escaped = replaced(`"`, String.raw`\"`, replaced(String.raw`\\`, String.raw`\\`, text));
  return replaced(String.raw`[\x00-\x1F]`, " ", replaced(String.raw`\n`, String.raw`\n`, escaped));
}
