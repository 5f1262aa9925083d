import {
  createServer as createHttp,
  type IncomingMessage,
  request,
  type RequestListener,
  type Server,
} from "node:http";
import { createServer as createHttps, type Server as TlsServer } from "node:https";
import type { AddressInfo } from "node:net";

/** Key and certificate of a server, in PEM. */
export interface ServerCertificate {
  readonly key: string;
  readonly cert: string;
}

/** Stands before a server and passes everything on, but for what a test wants to be different in its answers. */
export class EditingProxy {
  /** Changes the body of an answer. */
  edit: (body: string) => string = (body) => body;
  private readonly server: Server | TlsServer;

  /**
   * @param target address of the server, without a slash at its end, asked at each request
   * @param certificate with it the proxy is reached by https
   */
  constructor(
    private readonly target: () => string,
    certificate?: ServerCertificate,
  ) {
    const answer: RequestListener = (incoming, response) => {
      void this.pass(incoming).then(
        ({ status, type, body }) => {
          response.writeHead(status, { "content-type": type }).end(this.edit(body));
        },
        (error: unknown) => {
          response.writeHead(502).end(String(error));
        },
      );
    };
    this.server = certificate ? createHttps({ ...certificate }, answer) : createHttp(answer);
  }

  /** Its address, without a scheme. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  /** Shows another certificate from now on. */
  present(certificate: ServerCertificate): void {
    if ("setSecureContext" in this.server) this.server.setSecureContext({ ...certificate });
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private pass(incoming: IncomingMessage): Promise<{ status: number; type: string; body: string }> {
    return new Promise((resolve, reject) => {
      // What is compressed could not be edited.
      const headers = { ...incoming.headers, "accept-encoding": "identity" };
      const { method, url = "/" } = incoming;
      const outgoing = request(this.target() + url, { method, headers, agent: false }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.once("error", reject);
        answer.once("end", () => {
          const { statusCode: status = 502, headers: given } = answer;
          resolve({
            status,
            type: given["content-type"] ?? "text/plain",
            body: Buffer.concat(chunks).toString(),
          });
        });
      });
      outgoing.once("error", reject);
      incoming.pipe(outgoing);
    });
  }
}
