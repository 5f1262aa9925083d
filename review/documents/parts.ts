/**
 * A document with its generated parts made anew: each is what stands between `<!-- generated: name -->` and
 * `<!-- end -->`.
 * @throws Error when the document lacks a part or has one that nothing makes
 */
export function withGeneratedParts(document: string, parts: Readonly<Record<string, string>>): string {
  const found = new Set<string>();
  const written = document.replace(
    /(<!-- generated: (\w+) -->)[\s\S]*?(<!-- end -->)/g,
    (_, start: string, name: string, end: string) => {
      const part = parts[name];
      if (part === undefined) throw new Error(`Nothing makes the part "${name}".`);
      found.add(name);
      return `${start}\n\n<!-- prettier-ignore-start -->\n\n${part}\n\n<!-- prettier-ignore-end -->\n\n${end}`;
    },
  );
  const missing = Object.keys(parts).filter((name) => !found.has(name));
  if (missing.length > 0) throw new Error(`The document has no part "${missing.join(", ")}".`);
  return written;
}
