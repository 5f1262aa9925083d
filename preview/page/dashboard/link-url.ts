// The addresses of links with what was chosen. Pure: the unit tests of the root read it.

const timeKeys = ["from", "to", "timezone"] as const;
/** What is the page's own and stays from one dashboard to the next. */
const pageKeys = ["theme", "kiosk"] as const;

/** A link's address with the time (`keepTime`) and all variables (`includeVars`) of the page's own address. */
export function withChoices(
  url: string,
  search: string,
  { keepTime = false, includeVars = false }: { readonly keepTime?: boolean; readonly includeVars?: boolean },
): string {
  if (!url.startsWith("/")) return url;
  const now = new URLSearchParams(search);
  const [path = "", query = ""] = url.split("?");
  const link = new URLSearchParams(query);
  const kept = [...now].filter(
    ([name]) =>
      (keepTime && (timeKeys as readonly string[]).includes(name)) ||
      (includeVars && name.startsWith("var-")) ||
      (path.startsWith("/d/") && (pageKeys as readonly string[]).includes(name)),
  );
  const own = new Set(link.keys());
  for (const [name, value] of kept) if (!own.has(name)) link.append(name, value);
  const text = link.toString();
  return text === "" ? path : `${path}?${text}`;
}
