import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import type { App } from "../platform/app";
import { designFile, pageHeaders } from "../platform/page/design";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".css": "text/css",
  ".js": "text/javascript",
};

/** As of every page, and the frame in which a mail is shown. */
const headers = {
  ...pageHeaders,
  "content-security-policy": `${pageHeaders["content-security-policy"]}; frame-src 'self'`,
};

const folder = join(__dirname, "page");

/** `GET /`: the page that shows the messages, and its files by their names. */
export function addPageRoutes(app: App): void {
  for (const file of [...readdirSync(folder).map((name) => join(folder, name)), designFile]) {
    const type = types[extname(file)];
    if (type === undefined) continue;
    const content = Buffer.concat([file, ...partsOf(file)].map((each) => readFileSync(each)));
    const path = basename(file) === "page.html" ? "/" : `/${basename(file)}`;
    app.get(path, (_request, reply) => reply.headers(headers).type(`${type}; charset=utf-8`).send(content));
  }
}

/** The files that are given out at the end of a file: those in the folder of its name, as `forms/` of `forms.css`. */
function partsOf(file: string): string[] {
  const parts = join(folder, basename(file, extname(file)));
  if (!existsSync(parts)) return [];
  return readdirSync(parts)
    .sort()
    .map((name) => join(parts, name));
}
