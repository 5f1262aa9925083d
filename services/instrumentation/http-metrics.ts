import type { SpanContext } from "@opentelemetry/api";
import type { Metric } from "../../metrics/define";
import { httpMethod, httpStatusCodeLabel } from "../../metrics/http";
import { labelPairs, type Family, type Sample } from "./exposition";
import type { LabelBounds, LabelResolver, Labels } from "./label-bounds";

/** Route of requests that no route matched, as the catalogue names it. */
const unmatched = "unmatched";
const methods: ReadonlySet<string> = new Set(httpMethod.values);

/** The requests of one label set. */
interface Cell {
  /** Written once, as a scrape reads them for every bucket. */
  readonly labels: string;
  count: number;
  /** Seconds of all requests together. */
  sum: number;
  /** Requests by bucket, each request in one bucket only; the last bucket is `+Inf`. */
  readonly buckets: number[];
  /** The latest sampled trace of each bucket. */
  readonly exemplars: (ObservedTrace | undefined)[];
}

/** A sampled request. */
interface ObservedTrace {
  readonly context: SpanContext;
  readonly seconds: number;
  readonly atMs: number;
}

/**
 * Counts HTTP requests. Not by prom-client: this runs for every request, and looking up a request's series by the text
 * of its labels, twice, costs more than all the rest. Here the series of a (route, method, status) is found once.
 */
export class HttpMetrics {
  private readonly resolve: LabelResolver;
  private readonly bounds: readonly number[];
  /** The label of each bucket. */
  private readonly upperBounds: readonly string[];
  private readonly found = new Map<string, Map<string, Cell[]>>();
  private readonly cells = new Map<Labels, Cell>();

  constructor(
    bounds: LabelBounds,
    private readonly requests: Metric,
    private readonly duration: Metric,
  ) {
    this.resolve = bounds.resolverOf(requests);
    this.bounds = duration.buckets ?? [];
    this.upperBounds = [...this.bounds, "+Inf"].map((le) => labelPairs({ le }));
  }

  /**
   * Counts a request.
   * @param route the template of the route that matched, such as `/products/:id`; undefined where none did
   * @param seconds from the request's arrival to the end of the response
   * @param trace the request's span, if it is sampled
   */
  record(
    method: string,
    route: string | undefined,
    status: number,
    seconds: number,
    trace?: SpanContext,
  ): void {
    const cell = this.cellOf(method, route, status);
    let bucket = 0;
    while (seconds > (this.bounds[bucket] ?? Infinity)) bucket++;
    cell.count++;
    cell.sum += seconds;
    cell.buckets[bucket] = (cell.buckets[bucket] ?? 0) + 1;
    if (trace) cell.exemplars[bucket] = { context: trace, seconds, atMs: Date.now() };
  }

  /** Makes the series of a route's answers exist at 0, so that the first of them is an increase. */
  expect(method: string, route: string, status: number): void {
    this.cellOf(method, route, status);
  }

  /** The counter and the histogram with their samples. */
  families(): readonly Family[] {
    const { requests, duration } = this;
    const cells = [...this.cells.values()];
    return [
      {
        name: requests.name,
        help: requests.help,
        type: requests.type,
        samples: cells.map(({ labels, count }) => ({ name: requests.name, labels, value: count })),
      },
      {
        name: duration.name,
        help: duration.help,
        type: duration.type,
        samples: cells.flatMap((cell) => this.histogramOf(cell)),
      },
    ];
  }

  private histogramOf({ labels, count, sum, buckets, exemplars }: Cell): Sample[] {
    const { name } = this.duration;
    let upTo = 0;
    const bucketName = `${name}_bucket`;
    const samples: Sample[] = this.upperBounds.map((le, index) => {
      upTo += buckets[index] ?? 0;
      const exemplar = exemplars[index];
      const sample = { name: bucketName, labels: `${labels},${le}`, value: upTo };
      return exemplar ? { ...sample, exemplar: toExemplar(exemplar) } : sample;
    });
    samples.push(
      { name: `${name}_sum`, labels, value: sum },
      { name: `${name}_count`, labels, value: count },
    );
    return samples;
  }

  private cellOf(rawMethod: string, route = unmatched, status: number): Cell {
    const method = methods.has(rawMethod) ? rawMethod : httpMethod.rest;
    let ofRoute = this.found.get(route);
    if (!ofRoute) this.found.set(route, (ofRoute = new Map<string, Cell[]>()));
    let ofMethod = ofRoute.get(method);
    if (!ofMethod) ofRoute.set(method, (ofMethod = []));
    return (ofMethod[status] ??= this.createCell(method, route, status));
  }

  private createCell(method: string, route: string, status: number): Cell {
    const labels = this.resolve({ method, route, status_code: httpStatusCodeLabel(status) });
    const known = this.cells.get(labels);
    if (known) return known;
    const buckets = [...this.bounds.map(() => 0), 0];
    const exemplars = buckets.map(() => undefined);
    const cell: Cell = { labels: labelPairs(labels), count: 0, sum: 0, buckets, exemplars };
    this.cells.set(labels, cell);
    return cell;
  }
}

function toExemplar({ context, seconds, atMs }: ObservedTrace) {
  return {
    labels: { trace_id: context.traceId, span_id: context.spanId },
    value: seconds,
    timestamp: atMs / 1000,
  };
}
