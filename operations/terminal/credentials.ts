/** A text to be shown, with `***` for the name and password in each URL of it. Nothing of it need be a URL that parses. */
export function withoutCredentials(text: string): string {
  // Greedy: a password may hold an @ that nobody escaped.
  return text.replace(/(?<=\/\/)[^/?#\s]*@/g, "***@");
}
