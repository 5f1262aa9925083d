import { type IncomingMessage, request, type ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { ServerCertificate } from "./editing-proxy";

/** How AWS is: `slow` answers after some seconds. */
export type Condition = "well" | "away" | "refusing" | "throttling" | "slow";

const slowMs = 5_000;

/** Stands before an emulator of AWS, over TLS, and can be as bad as AWS at its worst. */
export class UnreliableAws {
  condition: Condition = "well";
  private readonly server;

  /** @param target `http://` URL of the emulator */
  constructor(
    private readonly target: string,
    certificate: ServerCertificate,
  ) {
    this.server = createServer({ ...certificate }, (incoming, response) => {
      void this.answer(incoming, response);
    });
  }

  /** Its port on the loopback address. */
  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { condition } = this;
    if (condition === "away") {
      incoming.socket.destroy();
      return;
    }
    if (condition === "refusing") {
      incoming.resume();
      response.writeHead(503).end("Service Unavailable");
      return;
    }
    if (condition === "throttling") {
      incoming.resume();
      const type = "application/x-amz-json-1.1";
      const body = JSON.stringify({ __type: "ThrottlingException", message: "Rate exceeded" });
      response.writeHead(400, { "content-type": type }).end(body);
      return;
    }
    if (condition === "slow") await sleep(slowMs);
    const passed = request(
      this.target,
      { method: incoming.method, path: incoming.url, headers: incoming.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    passed.on("error", () => response.destroy());
    incoming.pipe(passed);
  }
}
