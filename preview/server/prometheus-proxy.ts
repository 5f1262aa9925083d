import type { IncomingMessage, ServerResponse } from "node:http";
import { send, sendJson } from "./answers";
import type { RecordedAnswers } from "./recorded-answers";

/** Where the page finds Prometheus's API. */
export const proxyPrefix = "/api/preview/prometheus";
/** What the page needs of Prometheus: reads alone. */
const allowedPaths =
  /^\/api\/v1\/(?:query|query_range|query_exemplars|label\/[A-Za-z_][A-Za-z0-9_]*\/values)$/;

/** The longest address or form, in bytes: a query of many hosts has some thousand. */
const longestRequest = 256 * 1024;
/** The longest answer, in bytes. */
const longestAnswer = 64 * 2 ** 20;
/** Prometheus itself gives up on a query after two minutes. */
const limitMs = 125_000;

/** Passes reads on to Prometheus, and its answers back as they are. */
export class PrometheusProxy {
  /** @param prometheus its address, which may have a path, or what it once answered */
  constructor(private readonly prometheus: URL | RecordedAnswers) {}

  /** Answers a request whose path begins with the prefix. */
  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const path = url.pathname.slice(proxyPrefix.length);
    if (!allowedPaths.test(path)) {
      sendJson(
        response,
        404,
        failure(
          "not_found",
          `${path}: allowed are query, query_range, query_exemplars and label/<name>/values below /api/v1/.`,
        ),
      );
      return;
    }
    const { method = "" } = request;
    const isForm = method === "POST";
    if (method !== "GET" && !isForm) {
      sendJson(response, 405, failure("bad_data", `${method}: allowed are GET and POST.`), {
        Allow: "GET, POST",
      });
      return;
    }
    const [type = ""] = (request.headers["content-type"] ?? "").split(";");
    if (isForm && type.trim() !== "application/x-www-form-urlencoded") {
      sendJson(
        response,
        415,
        failure("bad_data", `Content-Type: found "${type}", allowed: application/x-www-form-urlencoded.`),
      );
      return;
    }
    const form = isForm ? await readForm(request) : "";
    if (form === undefined || url.search.length > longestRequest) {
      sendJson(
        response,
        413,
        failure("bad_data", `The query is too long: allowed are ${String(longestRequest / 1024)} KiB.`),
        { Connection: "close" },
      );
      return;
    }
    if (this.prometheus instanceof URL) await ask(this.prometheus, { path, url, form, isForm }, response);
    else
      await answerRecorded(
        this.prometheus,
        path,
        new URLSearchParams([...url.searchParams, ...new URLSearchParams(form)]),
        response,
      );
  }
}

interface Question {
  readonly path: string;
  readonly url: URL;
  readonly form: string;
  readonly isForm: boolean;
}

async function ask(
  prometheus: URL,
  { path, url, form, isForm }: Question,
  response: ServerResponse,
): Promise<void> {
  const over = new AbortController();
  const timer = setTimeout(() => {
    over.abort();
  }, limitMs);
  // Who asked is gone: a page that shows another time already.
  response.once("close", () => {
    over.abort();
  });
  try {
    const target = `${prometheus.href.replace(/[?#].*$/, "").replace(/\/+$/, "")}${path}${url.search}`;
    const answer = await fetch(target, {
      method: isForm ? "POST" : "GET",
      // A redirect would lead to who knows where.
      redirect: "error",
      signal: over.signal,
      ...(isForm && { body: form, headers: { "Content-Type": "application/x-www-form-urlencoded" } }),
    });
    const body = await readAnswer(answer);
    if (body === undefined) {
      sendJson(
        response,
        502,
        failure(
          "unavailable",
          `Prometheus answered with more than ${String(longestAnswer / 2 ** 20)} MiB: choose a shorter time or fewer series.`,
        ),
      );
      return;
    }
    send(response, answer.status, answer.headers.get("content-type") ?? "application/json", body);
  } catch (error) {
    if (response.closed) return;
    sendJson(
      response,
      502,
      failure(
        "unavailable",
        over.signal.aborted
          ? `Prometheus at ${prometheus.origin} did not answer within ${String(limitMs / 1_000)} s.`
          : notReached(prometheus, error),
      ),
    );
  } finally {
    clearTimeout(timer);
  }
}

/** Why there is no answer, and what to do. */
export function notReached(prometheus: URL, error: unknown): string {
  const { cause = error } = error as { readonly cause?: unknown };
  const { code, message } = cause as NodeJS.ErrnoException;
  return `Prometheus is not reached at ${prometheus.origin}${prometheus.pathname.replace(/\/$/, "")} (${code ?? message}). Start the demo, whose Prometheus is shown by default: npm run demo; or name another one: npm run preview -- --prometheus URL`;
}

async function answerRecorded(
  recorded: RecordedAnswers,
  path: string,
  parameters: URLSearchParams,
  response: ServerResponse,
): Promise<void> {
  const answer = await recorded.answer(path, parameters);
  if (answer === undefined)
    sendJson(
      response,
      502,
      failure("unavailable", `Nothing was recorded for ${path}?${parameters.toString()}`),
    );
  else send(response, answer.status, "application/json", answer.body);
}

/** An error in the form of Prometheus's own. */
function failure(errorType: string, error: string): object {
  return { status: "error", errorType, error };
}

/** The body, or undefined where it is too long. */
async function readForm(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longestRequest) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

async function readAnswer({ body }: Response): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  if (body === null) return Buffer.alloc(0);
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > longestAnswer) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
