import { isId } from "../contract/route-templates";

/** Parts of a text that look like secrets or personal data: addresses of mail and machines, ids, keys, phone numbers. */
const sensitiveParts: readonly RegExp[] = [
  /[^\s/@:=,;<>()]+(?:@|%40)[^\s/@:=,;<>()]+\.[a-z]+/gi,
  /\b[0-9a-f]{8}[-_]?[0-9a-f]{4}[-_]?[0-9a-f]{4}[-_]?[0-9a-f]{4}[-_]?[0-9a-f]{12}\b/gi,
  /\b(?=[a-f]*\d)[0-9a-f]{16,}\b/gi,
  // Users and passwords of URLs.
  /:\/\/[^/\s@]+@/g,
  /\beyJ[\w-]{8,}[\w.-]*/g,
  /\b(?:sk|pk|rk)[-_](?:live|test|proj|ant)[-_][\w-]{4,}/g,
  /\b(?:gh[opsu]|github_pat|glpat|xox[abprs])[-_][\w-]{8,}/g,
  /\b(?:AKIA|ASIA|AIza)[\w-]{12,}/g,
  /\b(?:bearer|basic)\s+[A-Za-z0-9+/=._-]{8,}/gi,
  // No word has capitals, small letters and digits so far.
  /(?<![\w+/=-])(?=[\w+/=-]*\d)(?=[\w+/=-]*[a-z])(?=[\w+/=-]*[A-Z])[\w+/=-]{20,}/g,
  /\b\d{1,3}(?:\.\d{1,3}){3}\b/g,
  /\b(?:[0-9a-f]{1,4}:){3,}[0-9a-f:]*\b/gi,
  /\+\d[\d ()-]{6,}\d/g,
  /\b\d[\d -]{10,}\d\b/g,
];

/** Whether a text holds what looks like a secret or personal data. */
export function isSensitive(text: string): boolean {
  return isId(text) || withoutSensitive(text) !== text;
}

/** A text in which an ellipsis stands for whatever looks like a secret or personal data. */
export function withoutSensitive(text: string): string {
  return sensitiveParts.reduce((masked, part) => masked.replace(part, "…"), text);
}

/** Names of labels whose values are nobody's to read. */
const secretLabel =
  /(?:^|_)(?:password|passwd|pwd|secret|token|api_?key|private_?key|authorization|auth|cookie|session|credentials?)(?:_|$)/i;

/** Whether a label of this name likely holds secrets. */
export function isSecretLabel(label: string): boolean {
  return secretLabel.test(label);
}

/** Names of labels whose values tell of a person. */
const personalLabel =
  /(?:^|_)(?:user|users|username|user_?name|login|email|e_?mail|mail|phone|address|ip|ip_?address|customer|person|first_?name|last_?name|full_?name)(?:_(?:id|name|email|address))?$/i;

/** Whether a label of this name likely tells of a person. */
export function isPersonalLabel(label: string): boolean {
  return personalLabel.test(label);
}
