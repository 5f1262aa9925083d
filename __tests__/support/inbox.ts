import type { AddressInfo } from "node:net";
import type { Message } from "../../services/inbox/message";
import { createInbox } from "../../services/inbox/app";
import type { App } from "../../services/platform/app";
import { testEnv } from "./service-apps";

/** Body of a POST with its media type. */
export interface Body {
  readonly text: string | Buffer;
  readonly type?: string;
}

/** An inbox for one test. */
export class TestInbox {
  readonly app: App;
  private readonly start: () => Promise<Readonly<Record<string, number>>>;

  constructor(env: Readonly<Record<string, string>> = {}) {
    const { app, start } = createInbox({ ...testEnv, SMTP_PORT: "0", ...env });
    this.app = app;
    this.start = start;
  }

  /** Posts JSON, or what `Body` says. */
  async post(path: string, body: Body | object) {
    const { text, type } = "text" in body && "type" in body ? (body as Required<Body>) : json(body);
    const response = await this.app.inject({
      method: "POST",
      url: path,
      headers: { "content-type": type },
      payload: text,
    });
    return { status: response.statusCode, body: response.body, type: response.headers["content-type"] };
  }

  /** The messages, newest first. */
  async messages(query = ""): Promise<readonly Message[]> {
    const response = await this.app.inject({ method: "GET", url: `/messages${query}` });
    return response.json<{ messages: Message[] }>().messages;
  }

  /** Listens for HTTP; gives the address. */
  async listen(): Promise<string> {
    await this.app.listen({ port: 0, host: "127.0.0.1" });
    return `http://127.0.0.1:${String((this.app.server.address() as AddressInfo).port)}`;
  }

  /** Listens for mail; gives the port. */
  async listenForMail(): Promise<number> {
    const { smtpPort } = await this.start();
    return smtpPort ?? 0;
  }

  /** Cuts all connections, as a network does that fails. */
  dropStreams(): void {
    this.app.server.closeAllConnections();
  }

  async close(): Promise<void> {
    await this.app.close();
  }
}

function json(value: object) {
  return { text: JSON.stringify(value), type: "application/json" };
}
