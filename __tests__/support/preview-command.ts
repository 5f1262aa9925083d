import { setTimeout as sleep } from "node:timers/promises";
import { NpmCommand } from "./npm-command";

/** `npm run preview`, as a user starts it. */
export class PreviewCommand extends NpmCommand {
  /** @param folder of the project */
  constructor(folder: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    super(folder, "preview", args, env);
  }

  /** Where it is, once it says so. */
  async url(timeoutMs = 60_000): Promise<string> {
    const [, url = ""] = await this.said(/: (http:\/\/127\.0\.0\.1:\d+)\/dashboards/, timeoutMs);
    return url;
  }
}

/** Events that the preview sends to its pages. */
export class PreviewEvents {
  private readonly over = new AbortController();
  private text = "";

  private constructor() {
    return;
  }

  static async open(url: string): Promise<PreviewEvents> {
    const events = new PreviewEvents();
    const { body } = await fetch(`${url}/api/preview/events`, { signal: events.over.signal });
    if (body === null) throw new Error("There are no events.");
    void events.read(body as unknown as AsyncIterable<Uint8Array>).catch(() => undefined);
    return events;
  }

  /** The data of the next event of a kind. Those that came before it are dropped. */
  async next<T>(kind: string, timeoutMs = 20_000): Promise<T> {
    const pattern = new RegExp(`event: ${kind}\\ndata: (.*)\\n\\n`);
    for (const end = Date.now() + timeoutMs; ; await sleep(5)) {
      const found = pattern.exec(this.text);
      if (found) {
        this.text = this.text.slice(found.index + found[0].length);
        return JSON.parse(found[1] ?? "") as T;
      }
      if (Date.now() > end) throw new Error(`There is no event ${kind}: ${this.text}`);
    }
  }

  close(): void {
    this.over.abort();
  }

  private async read(body: AsyncIterable<Uint8Array>): Promise<void> {
    for await (const chunk of body) this.text += new TextDecoder().decode(chunk);
  }
}
