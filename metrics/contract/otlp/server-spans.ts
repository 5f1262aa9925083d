import { isOfHttp, problemsOfHttp, statusOf, type SpanFacts, type SpanProblem } from "./http-attributes";

/** Servers of these are none of HTTP. */
const ofOthers = /^(rpc|messaging|faas)\./;

/**
 * What keeps a server's span from being found: panels lead to traces by `error=true` and `http.route`, people look for
 * a span's name.
 */
export function problemsOfServerSpan(span: SpanFacts): readonly SpanProblem[] {
  const { attributes } = span;
  if (!isOfHttp(attributes) && [...attributes.keys()].some((name) => ofOthers.test(name))) return [];
  return [...problemsOfHttp(span), ...problemsOfRoute(span), ...problemsOfStatus(span)];
}

/** What a span's name has behind the method: a route's template, it should be. */
export function targetOf({ name }: Pick<SpanFacts, "name">): string {
  return name.replace(/^[A-Z_]+ /, "");
}

function problemsOfRoute(span: SpanFacts): readonly SpanProblem[] {
  const { name, attributes } = span;
  const route = attributes.get("http.route");
  if (route === undefined || route === "") {
    if (!needsRoute(span)) return [];
    return [{ kind: "attribute", problem: "lack http.route, by which panels lead to the traces of a route" }];
  }
  if (name.includes(route)) return [];
  const path = attributes.get("url.path") ?? attributes.get("http.target")?.replace(/\?.*$/s, "");
  const problem =
    path !== undefined && targetOf(span) === path
      ? 'are named by their path; name them by method and http.route, such as "GET /orders/:id"'
      : 'are not named by their http.route; name them by method and route, such as "GET /orders/:id"';
  return [{ kind: "name", problem }];
}

/** Where no route matched, the answer is one of 300 to 499. */
function needsRoute({ attributes, isError }: SpanFacts): boolean {
  if (attributes.get("http.request.method") === "OPTIONS") return false;
  const status = statusOf(attributes);
  return status === undefined ? !isError : status < 300 || status >= 500;
}

function problemsOfStatus({ attributes, isError }: SpanFacts): readonly SpanProblem[] {
  if ((statusOf(attributes) ?? 0) < 500 || isError) return [];
  return [{ kind: "status", problem: "were answered with 500 or above and are no errors: set their status" }];
}
