import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { requestTypes } from "../../metrics/contract/otlp/messages";

const messages = requestTypes.traces;

/** A span as it came in. */
export interface ReceivedSpan {
  readonly service: string;
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for a root span. */
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: "internal" | "server" | "client" | "other";
  readonly isError: boolean;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events: readonly {
    readonly name: string;
    readonly attributes: Readonly<Record<string, unknown>>;
  }[];
}

interface KeyValue {
  readonly key: string;
  readonly value?: Readonly<Record<string, unknown>>;
}
interface RawSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: number;
  readonly attributes: readonly KeyValue[];
  readonly events: readonly { readonly name: string; readonly attributes: readonly KeyValue[] }[];
  readonly status?: { readonly code: number } | null;
}
interface RawRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly KeyValue[] };
    readonly scopeSpans: readonly { readonly spans: readonly RawSpan[] }[];
  }[];
}

/** All that a request of OTLP says, with 64-bit numbers as text. */
export function decodeTraces(body: Uint8Array): Record<string, unknown> {
  return messages.toObject(messages.decode(body), { defaults: true, bytes: String, longs: String });
}

/** Takes traces over OTLP/HTTP (protobuf) at a free port of the loopback address. */
export class OtlpReceiver {
  readonly spans: ReceivedSpan[] = [];
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<OtlpReceiver> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const receiver = new OtlpReceiver(server, `http://127.0.0.1:${String(port)}`);
    server.on("request", (request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const isTraces = request.method === "POST" && request.url === "/v1/traces";
        if (isTraces) receiver.take(Buffer.concat(chunks));
        response.writeHead(isTraces ? 200 : 404, { "content-type": "application/x-protobuf" }).end();
      });
    });
    return receiver;
  }

  /** Waits until the spans that came in fulfil a condition. @throws Error with their names when they never do */
  async until(condition: (spans: readonly ReceivedSpan[]) => boolean, timeoutMs = 10_000): Promise<void> {
    const end = Date.now() + timeoutMs;
    while (!condition(this.spans)) {
      if (Date.now() > end) {
        const came = this.spans.map(({ service, name }) => `${service}: ${name}`).join(", ");
        throw new Error(`The spans that were waited for did not come. There are: ${came}`);
      }
      await sleep(20);
    }
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private take(body: Buffer): void {
    const options = { defaults: true, bytes: Array, longs: Number, enums: String };
    const request = messages.toObject(messages.decode(body), options) as unknown as RawRequest;
    for (const { resource, scopeSpans } of request.resourceSpans) {
      const service = String(plain(resource.attributes)["service.name"]);
      for (const span of scopeSpans.flatMap(({ spans }) => spans)) this.spans.push(received(service, span));
    }
  }
}

const kinds: Readonly<Record<number, ReceivedSpan["kind"]>> = { 1: "internal", 2: "server", 3: "client" };

function received(service: string, span: RawSpan): ReceivedSpan {
  return {
    service,
    traceId: hex(span.traceId),
    spanId: hex(span.spanId),
    parentSpanId: hex(span.parentSpanId),
    name: span.name,
    kind: kinds[span.kind] ?? "other",
    isError: span.status?.code === 2,
    attributes: plain(span.attributes),
    events: span.events.map(({ name, attributes }) => ({ name, attributes: plain(attributes) })),
  };
}

function hex(bytes: string | readonly number[]): string {
  return Buffer.from(bytes as readonly number[]).toString("hex");
}

function plain(attributes: readonly KeyValue[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value ?? {})[0]]));
}
