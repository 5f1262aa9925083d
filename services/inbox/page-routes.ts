import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { App } from "../platform/app";
import { designFile, pageHeaders } from "../platform/page/design";

/** The page's files, by the path at which each is served. */
const files = {
  "/": [join(__dirname, "page", "page.html"), "text/html"],
  "/design.css": [designFile, "text/css"],
  "/page.css": [join(__dirname, "page", "page.css"), "text/css"],
  "/page.js": [join(__dirname, "page", "page.js"), "text/javascript"],
} as const;

/** `GET /`: the page that shows the messages. */
export function addPageRoutes(app: App): void {
  for (const [path, [file, type]] of Object.entries(files)) {
    const content = readFileSync(file);
    app.get(path, (_request, reply) =>
      reply.headers(pageHeaders).type(`${type}; charset=utf-8`).send(content),
    );
  }
}
