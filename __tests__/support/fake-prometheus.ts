import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A question that was asked. */
export interface Asked {
  /** Below `/api/v1`. */
  readonly path: string;
  readonly parameters: URLSearchParams;
}

/** What is answered: data, or `error` for status 422. */
export type Answered = { readonly data: unknown } | { readonly error: string };

/** Answers in the form of Prometheus's API what a test wants it to. */
export class FakePrometheus {
  readonly asked: Asked[] = [];
  private readonly server: Server;

  constructor(answer: (asked: Asked) => Answered) {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const { pathname, search } = new URL(request.url ?? "", "http://fake");
        const form = Buffer.concat(chunks).toString();
        const parameters = new URLSearchParams(form === "" ? search : form);
        const asked = { path: pathname.replace("/api/v1", ""), parameters };
        this.asked.push(asked);
        const answered = answer(asked);
        const isGood = "data" in answered;
        response.writeHead(isGood ? 200 : 422, { "content-type": "application/json" });
        response.end(
          JSON.stringify({ status: isGood ? "success" : "error", errorType: "bad_data", ...answered }),
        );
      });
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** The expressions that were asked for. */
  expressions(): string[] {
    return this.asked.flatMap(({ parameters }) => parameters.get("query") ?? []);
  }
}

/** A series of a range query with a value at each step. */
export function rangeSeries(
  { parameters }: Asked,
  metric: Readonly<Record<string, string>>,
  value: (seconds: number, index: number) => number,
): object {
  const [start, end, step] = ["start", "end", "step"].map((name) => Number(parameters.get(name)));
  const points = Math.floor(((end ?? 0) - (start ?? 0)) / (step ?? 1)) + 1;
  const values = Array.from({ length: points }, (_, index) => {
    const at = (start ?? 0) + index * (step ?? 1);
    return [at, String(value(at, index))];
  });
  return { metric, values };
}
