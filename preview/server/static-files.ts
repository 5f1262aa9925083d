import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { send, sendJson } from "./answers";

const contentTypes: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".ttf": "font/ttf",
  ".woff": "font/woff",
  ".woff2": "font/woff2",
};

/** The files that the build of the page made. */
export class StaticFiles {
  /** @param folder of the build */
  constructor(private readonly folder: string) {}

  /** Answers with the page itself; false where there is none. */
  async page(response: ServerResponse): Promise<boolean> {
    const content = await this.read("index.html");
    if (content === undefined) return false;
    send(response, 200, "text/html; charset=utf-8", content);
    return true;
  }

  /**
   * Answers with a file, or 404.
   * @param path in the folder; what leads out of its first folder is no file
   * @param isImmutable whether its name changes with its content
   */
  async file(response: ServerResponse, path: string, isImmutable: boolean): Promise<void> {
    const content = await this.read(path);
    if (content === undefined) {
      sendJson(response, 404, { message: `There is no file ${path}.` });
      return;
    }
    const type = contentTypes[extname(path).toLowerCase()] ?? "application/octet-stream";
    const kept = isImmutable ? "max-age=31536000, immutable" : "max-age=3600";
    send(response, 200, type, content, { "Cache-Control": kept });
  }

  private async read(path: string): Promise<Buffer | undefined> {
    let decoded: string;
    try {
      decoded = normalize(decodeURIComponent(path));
    } catch {
      return undefined;
    }
    const file = join(this.folder, decoded);
    const [first = ""] = path.split("/");
    if (decoded.includes("\0") || !file.startsWith(join(this.folder, first) + (path === first ? "" : sep))) {
      return undefined;
    }
    try {
      return await readFile(file);
    } catch {
      return undefined;
    }
  }
}
