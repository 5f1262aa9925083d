import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { App } from "../platform/app";

/** The page's files, by the path at which each is served. */
const files = {
  "/": ["page.html", "text/html"],
  "/page.css": ["page.css", "text/css"],
  "/page.js": ["page.js", "text/javascript"],
} as const;

/** Nothing from elsewhere, nothing inline: a message can bring no script to life. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** `GET /`: the page that shows the messages. */
export function addPageRoutes(app: App): void {
  for (const [path, [name, type]] of Object.entries(files)) {
    const content = readFileSync(join(__dirname, "page", name));
    app.get(path, (_request, reply) =>
      reply
        .headers({
          "content-security-policy": contentSecurityPolicy,
          "x-content-type-options": "nosniff",
          "referrer-policy": "no-referrer",
          "cache-control": "no-cache",
        })
        .type(`${type}; charset=utf-8`)
        .send(content),
    );
  }
}
