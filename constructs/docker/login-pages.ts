/** What a page says to a person who wanted to log in. */
export interface LoginPage {
  /** One line, as HTML. */
  readonly title: string;
  /** Plain sentences, as HTML. */
  readonly text: string;
  /**
   * Where to go on: text of the link and its path.
   * @default - nowhere
   */
  readonly link?: { readonly text: string; readonly path: string };
}

const style = [
  "body{margin:0;font:16px/1.5 system-ui,sans-serif;color:#1f2328;background:#f6f8fa}",
  "main{box-sizing:border-box;max-width:32rem;margin:12vh auto 0;padding:1.5rem;background:#fff;border:1px solid #d1d9e0}",
  "h1{margin:0 0 .75rem;font-size:1.25rem;line-height:1.3}p{margin:0 0 1rem;overflow-wrap:anywhere}p:last-child{margin:0}",
  "a{color:#0550ae}",
  "@media(prefers-color-scheme:dark){body{color:#e6edf3;background:#0d1117}main{background:#151b23;border-color:#3d444d}a{color:#79c0ff}}",
].join("");

/** A page that needs nothing but itself. */
export function loginPage({ title, text, link }: LoginPage): string {
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title>`,
    `<style>${style}</style></head><body><main><h1>${title}</h1><p>${text}</p>`,
    ...(link ? [`<p><a href="${link.path}">${link.text}</a></p>`] : []),
    "</main></body></html>",
  ].join("");
}
