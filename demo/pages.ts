import type { Plan } from "./plan";

/** What a program that runs shows, and where. */
export interface Page {
  /** What people look for, such as `targets`. */
  readonly what: string;
  /** The path at which this version shows it. */
  readonly path: string;
  /** Whether that is its API, as this build has no pages. */
  readonly isApi: boolean;
}

/**
 * Asks each program of a plan where it shows what people look for: versions have other paths, some builds no pages.
 * @returns by the container's name
 */
export async function findPages({ executables }: Pick<Plan, "executables">): Promise<Record<string, Page[]>> {
  const found = executables.map(async ({ container, kind, url }) => {
    const pages = Object.entries(kind.shows).map(([what, paths]) => findPage(url, what, paths));
    return [container.name, await Promise.all(pages)] as const;
  });
  return Object.fromEntries(await Promise.all(found));
}

/** Addresses of the programs whose builds have no pages; links in messages lead to pages. */
export function unservedPages(
  { executables }: Pick<Plan, "executables">,
  pages: Readonly<Record<string, readonly Page[]>>,
): string[] {
  const isWithout = (name: string) => {
    const found = pages[name] ?? [];
    return found.length > 0 && found.every(({ isApi }) => isApi);
  };
  return executables.flatMap(({ container, url }) => (isWithout(container.name) ? [url] : []));
}

async function findPage(url: string, what: string, paths: readonly string[]): Promise<Page> {
  const api = paths.at(-1) ?? "/";
  for (const path of paths) {
    if (path !== api && (await answers(url + path))) return { what, path, isApi: false };
  }
  return { what, path: api, isApi: true };
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    const text = await response.text();
    // What a Jaeger without pages shows in their place.
    return response.ok && !text.includes("placeholder for the Jaeger UI");
  } catch {
    return false;
  }
}
