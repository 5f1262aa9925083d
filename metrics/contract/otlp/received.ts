import { quote } from "../../describe";
import type { Finding } from "../findings";
import { serviceNameOf } from "./attributes";
import { decodeMetrics, decodeTraces, type Encoding } from "./decode";
import type { Signal } from "./messages";
import { SeriesByOtlp } from "./series";
import { SpansByOtlp } from "./spans";

/** What one service sent. */
export interface SentByService {
  readonly series: SeriesByOtlp;
  readonly spans: SpansByOtlp;
}

/** A request that no receiver of OTLP could take. */
export interface Refusal {
  /** To what it came, such as `POST /v1/metric`. */
  readonly what: string;
  /** What was wrong with it and what to do, for people, as the end of a sentence. */
  readonly reason: string;
}

/** Most refusals of different words that are kept. */
const keptRefusals = 100;

/** All that came by OTLP, by the names that the services give themselves. */
export class ReceivedByOtlp {
  private readonly byService = new Map<string, SentByService>();
  private readonly refusals = new Map<string, { readonly refusal: Refusal; count: number }>();
  private readonly told = new Set<string>();

  /**
   * @param services names of all services, which callees should have
   * @param tell is told in a line what arrives or is refused, once of each kind
   */
  constructor(
    private readonly services: readonly string[],
    private readonly tell: (line: string) => void = () => undefined,
  ) {}

  /**
   * Takes a request.
   * @throws OtlpError that says why it is none; nothing of it is taken then
   */
  take(signal: Signal, body: Uint8Array, encoding: Encoding): void {
    if (signal === "metrics") {
      for (const sent of decodeMetrics(body, encoding)) {
        const { series } = this.of(serviceNameOf(sent.resource), signal);
        series.add(sent);
      }
    } else {
      for (const sent of decodeTraces(body, encoding)) {
        const { spans } = this.of(serviceNameOf(sent.resource), signal);
        spans.add(sent);
      }
    }
  }

  /** Notes a request that could not be taken. */
  refuse(refusal: Refusal): void {
    const key = `${refusal.what} ${refusal.reason}`;
    const known = this.refusals.get(key);
    if (known) known.count += 1;
    if (known || this.refusals.size >= keptRefusals) return;
    this.refusals.set(key, { refusal, count: 1 });
    this.tell(`Refused: ${key}.`);
  }

  /** What each service sent; what came without a name is under an empty one. */
  get sent(): ReadonlyMap<string, SentByService> {
    return this.byService;
  }

  /** A finding for each kind of request that could not be taken. */
  refused(): readonly Finding[] {
    return [...this.refusals.values()].map(({ refusal: { what, reason }, count }) => ({
      kind: "request",
      metric: what,
      message: `${reason}${count > 1 ? ` (${String(count)} times)` : ""}`,
    }));
  }

  private of(service: string | undefined, signal: Signal): SentByService {
    const name = service ?? "";
    const known = this.byService.get(name);
    const sent = known ?? { series: new SeriesByOtlp(), spans: new SpansByOtlp(this.services) };
    this.byService.set(name, sent);
    const line = `${name === "" ? "Someone without a service.name" : quote(name)} sends ${signal}.`;
    if (!this.told.has(line)) this.tell(line);
    this.told.add(line);
    return sent;
  }
}
