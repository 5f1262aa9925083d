import type { Labels } from "./cards/subject";
import type { Runbooks } from "./runbooks/runbooks";

/** What the inbox knows of where links lead. */
export interface LinkSettings {
  /** Addresses below which messages link to the runbooks that the inbox has. */
  readonly runbooksUrls: readonly URL[];
  /** Addresses at and below which nothing answers. */
  readonly unservedUrls: readonly URL[];
}

/** Longest address that is linked to. */
const maxLength = 4_000;

/** Decides where the links of messages lead from the page. */
export class Links {
  constructor(
    private readonly settings: LinkSettings,
    private readonly runbooks: Runbooks,
  ) {}

  /** Addresses at and below which nothing answers. */
  get unserved(): readonly URL[] {
    return this.settings.unservedUrls;
  }

  /**
   * Where a link leads: to an address of the web, or to the inbox's own copy of a runbook (a path without a slash before
   * it), with the alert's labels for its commands. Undefined where that is nothing that answers.
   */
  hrefOf(link: string, labels: Labels): string | undefined {
    const url = webAddress(link);
    if (!url) return undefined;
    const { runbooksUrls, unservedUrls } = this.settings;
    const base = runbooksUrls.find((each) => isBelow(url, each));
    if (base) {
      const path = url.pathname.slice(withoutSlash(base.pathname).length + 1);
      return this.runbooks.pathOf(path.replace(/\.md$/, ""), labels);
    }
    return unservedUrls.some((base) => isBelow(url, base)) ? undefined : url.href;
  }
}

/** An address with http or https and without credentials; undefined for any other text. */
function webAddress(text: string): URL | undefined {
  if (text.length > maxLength || !/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.username === "" && url.password === "" ? url : undefined;
}

function isBelow(url: URL, base: URL): boolean {
  const path = withoutSlash(base.pathname);
  return url.origin === base.origin && (url.pathname === path || url.pathname.startsWith(`${path}/`));
}

function withoutSlash(path: string): string {
  return path.replace(/\/+$/, "");
}
