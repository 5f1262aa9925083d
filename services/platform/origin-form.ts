/**
 * The target of a request in its origin form. A server must take the absolute form too (RFC 9112, section 3.2.2):
 * clients send it to proxies, and some to everybody.
 */
export function originForm(target: string): string {
  const [prefix] = /^https?:\/\/[^/?#]*/i.exec(target) ?? [];
  if (prefix === undefined) return target;
  const path = target.slice(prefix.length);
  return path.startsWith("/") ? path : `/${path}`;
}
