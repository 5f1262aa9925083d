import type { Finding, FindingKind } from "../findings";
import { pathsAmong } from "../route-templates";
import { attributesOf } from "./attributes";
import { problemsOfClientSpan } from "./client-spans";
import type { SpanFacts, SpanProblem } from "./http-attributes";
import type { ResourceSpans, Span } from "./request";
import { problemsOfServerSpan, targetOf } from "./server-spans";

const kinds: Readonly<Record<number, keyof SpanCounts>> = { 2: "server", 3: "client" };
const errorCode = 2;
/** Most names that a finding shows. */
const shownNames = 3;
/** Most routes, names and findings that are kept: far beyond any service that has templates. */
const keptValues = 10_000;

/** How many spans of each kind came. */
export interface SpanCounts {
  readonly server: number;
  readonly client: number;
  readonly other: number;
}

interface Found {
  readonly kind: FindingKind;
  readonly spans: string;
  readonly problem: string;
  readonly names: Set<string>;
  count: number;
}

/** What is wrong with the spans of a service, as far as queries over traces read them; no span is kept. */
export class SpansByOtlp {
  readonly counts: { -readonly [K in keyof SpanCounts]: number } = { server: 0, client: 0, other: 0 };
  private readonly found = new Map<string, Found>();
  private readonly routes = new Set<string>();
  /** What spans without a route are named by. */
  private readonly targets = new Set<string>();

  /** @param services names of all services, which callees should have */
  constructor(private readonly services: readonly string[]) {}

  /** Whether any span came. */
  get isEmpty(): boolean {
    return Object.values(this.counts).every((count) => count === 0);
  }

  /** Takes what one sender sent. */
  add({ scopeSpans }: ResourceSpans): void {
    for (const span of scopeSpans.flatMap(({ spans }) => spans)) this.addSpan(span);
  }

  findings(): readonly Finding[] {
    return [...this.paths(), ...[...this.found.values()].map(findingOf)];
  }

  private addSpan({ name, kind: number, attributes: pairs, status }: Span): void {
    const kind = kinds[number] ?? "other";
    this.counts[kind] += 1;
    const span: SpanFacts = { name, attributes: attributesOf(pairs), isError: status?.code === errorCode };
    if (kind === "client") this.note("client spans", span, problemsOfClientSpan(span, this.services));
    if (kind !== "server") return;
    this.note("server spans", span, problemsOfServerSpan(span));
    const route = span.attributes.get("http.route");
    const [values, value] = route === undefined ? [this.targets, targetOf(span)] : [this.routes, route];
    if (value.startsWith("/") && values.size < keptValues) values.add(value);
  }

  private note(spans: string, { name }: SpanFacts, problems: readonly SpanProblem[]): void {
    for (const { kind, problem } of problems) {
      const key = `${spans} ${problem}`;
      if (!this.found.has(key) && this.found.size >= keptValues) continue;
      const found = this.found.get(key) ?? { kind, spans, problem, names: new Set<string>(), count: 0 };
      this.found.set(key, found);
      found.count += 1;
      if (found.names.size <= shownNames) found.names.add(name);
    }
  }

  /** Paths where templates should be, as the label `route` must not have them either. */
  private paths(): readonly Finding[] {
    const metric = "server spans";
    return [
      ...pathsAmong([...this.routes]).map(({ template, paths }): Finding => {
        const found = `have http.route=${listed(paths)}, which are paths`;
        return { kind: "attribute", metric, message: `${found}; give their template, such as "${template}"` };
      }),
      ...pathsAmong([...this.targets]).map(({ template, paths }): Finding => {
        const found = `are named by the paths ${listed(paths)}`;
        return {
          kind: "name",
          metric,
          message: `${found}; name them by the template, such as "${template}"`,
        };
      }),
    ];
  }
}

function findingOf({ kind, spans, problem, names, count }: Found): Finding {
  return { kind, metric: spans, message: `(${String(count)}: ${listed([...names])}) ${problem}` };
}

function listed(values: readonly string[]): string {
  const some = values.slice(0, shownNames).map((value) => JSON.stringify(value));
  return some.join(", ") + (values.length > shownNames ? " and more" : "");
}
