/** Paths beside the template that they have in common. */
export interface PathsOfTemplate {
  /** In the form that the catalogue's services have: `/orders/:id`. */
  readonly template: string;
  readonly paths: readonly string[];
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** As databases and traces have them: a word in which there are digits. */
const longId = /^(?=.*\d)[0-9a-f]{16,}$/i;
/** As they are in a URL, where `@` may be written `%40`. */
const email = /^[^/@]+(?:@|%40)[^/@]+\.[a-z]+$/i;
const number = /^\d+$/;
/** `/errors/404` may be a route. */
const errorStatus = /^[45]\d\d$/;

/**
 * The values that are paths where a template should be: with an id, an address of mail, or a number that is no
 * status and comes after another part, and several that differ in a number alone.
 */
export function pathsAmong(values: readonly string[]): readonly PathsOfTemplate[] {
  const byTemplate = new Map<string, string[]>();
  for (const value of values) {
    const template = templateOf(value);
    if (template !== value) byTemplate.set(template, [...(byTemplate.get(template) ?? []), value]);
  }
  return [...byTemplate]
    .filter(([, paths]) => paths.length > 1 || paths.some(isSurelyPath))
    .map(([template, paths]) => ({ template, paths }));
}

function templateOf(path: string): string {
  const parts = path.split("/").map((part) => (isId(part) || number.test(part) ? ":id" : part));
  return parts.join("/");
}

function isSurelyPath(path: string): boolean {
  const parts = path.split("/").filter((part) => part !== "");
  return parts.some(
    (part, index) => isId(part) || (index > 0 && number.test(part) && !errorStatus.test(part)),
  );
}

/** Whether a text is an id as databases and traces have them, or an address of mail. */
export function isId(part: string): boolean {
  return uuid.test(part) || longId.test(part) || email.test(part);
}
