import type { Attributes } from "./attributes";
import type { FindingKind } from "../findings";

/** A span, as its checks see it. */
export interface SpanFacts {
  readonly name: string;
  readonly attributes: Attributes;
  /** Whether its status is an error. */
  readonly isError: boolean;
}

/** What is wrong with a span, in words that are the same for all that have it. */
export interface SpanProblem {
  readonly kind: FindingKind;
  readonly problem: string;
}

/** The names that attributes had before the conventions for HTTP were stable. */
const oldNames: Readonly<Record<string, string>> = {
  "http.request.method": "http.method",
  "http.response.status_code": "http.status_code",
};
const ofHttp: readonly string[] = [
  ...["http.request.method", "http.response.status_code", "http.route", "url.path", "url.full"],
  ...["http.method", "http.status_code", "http.target", "http.url"],
];

/** Whether any attribute says that a span is one of HTTP. */
export function isOfHttp(attributes: Attributes): boolean {
  return ofHttp.some((name) => attributes.has(name));
}

/** The status of the answer, under either name; undefined where there is none, or it is no status. */
export function statusOf(attributes: Attributes): number | undefined {
  const text = attributes.get("http.response.status_code") ?? attributes.get("http.status_code") ?? "";
  return /^[1-5]\d\d$/.test(text) ? Number(text) : undefined;
}

/** The method and the status, which are there under their names of today. What failed may have no status. */
export function problemsOfHttp({ attributes, isError }: SpanFacts): readonly SpanProblem[] {
  const problems: SpanProblem[] = [];
  for (const [name, old] of Object.entries(oldNames)) {
    if (attributes.has(name)) continue;
    const isStatus = name === "http.response.status_code";
    if (attributes.has(old)) {
      const mending = "many SDKs write it with OTEL_SEMCONV_STABILITY_OPT_IN=http";
      problems.push({ kind: "attribute", problem: `have ${old}, which is ${name} now; ${mending}` });
    } else if (!isStatus || !isError) problems.push({ kind: "attribute", problem: `lack ${name}` });
  }
  const status = attributes.get("http.response.status_code") ?? attributes.get("http.status_code");
  if (status !== undefined && statusOf(attributes) === undefined) {
    const found = JSON.stringify(status.slice(0, 20));
    problems.push({ kind: "attribute", problem: `have ${found} as their status; allowed are 100 to 599` });
  }
  return problems;
}
