import { CommandError } from "../cli";
import { ExpositionError, parseExposition, type ParsedFamily } from "./exposition";

/** What a scrape brought. */
export interface Scrape {
  readonly url: string;
  readonly format: "OpenMetrics" | "text";
  readonly families: ReadonlyMap<string, ParsedFamily>;
}

/** Answers beyond this size are not read to their end. */
const mostBytes = 50 * 1024 * 1024;
const limitMs = 10_000;

/**
 * Reads a service's metrics, as Prometheus would.
 * @param address of the service, or of its metrics where they are not at `/metrics`
 * @throws CommandError that says why there are none
 */
export async function scrape(address: URL): Promise<Scrape> {
  const url = new URL(address);
  if (url.pathname === "/") url.pathname = "/metrics";
  const { response, text } = await get(url);
  const where = url.href;
  if (response.status !== 200) {
    throw new CommandError(`${where} answers with status ${String(response.status)}, not with metrics.`);
  }
  const type = response.headers.get("content-type") ?? "";
  const isOpenMetrics = type.startsWith("application/openmetrics-text");
  try {
    const families = parseExposition(text, isOpenMetrics);
    if (families.size === 0) throw new CommandError(`${where} is empty: it exposes no metric.`);
    return { url: where, format: isOpenMetrics ? "OpenMetrics" : "text", families };
  } catch (error) {
    if (!(error instanceof ExpositionError)) throw error;
    const kind = looksLike(text, type);
    throw new CommandError(
      kind === undefined
        ? `${where} is no exposition of Prometheus or OpenMetrics: ${error.message}`
        : `${where} is ${kind}, no exposition of Prometheus or OpenMetrics.`,
    );
  }
}

async function get(url: URL): Promise<{ response: Response; text: string }> {
  const accept = "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";
  try {
    const response = await fetch(url, { headers: { accept }, signal: AbortSignal.timeout(limitMs) });
    return { response, text: await textOf(response) };
  } catch (error) {
    if (error instanceof CommandError) throw error;
    const isLate = error instanceof Error && error.name === "TimeoutError";
    const reason = isLate
      ? `did not answer within ${String(limitMs / 1000)} s`
      : `cannot be reached (${causeOf(error)})`;
    throw new CommandError(`${url.href} ${reason}.`);
  }
}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const body = (response.body ?? []) as AsyncIterable<Uint8Array>;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > mostBytes)
      throw new CommandError(`${response.url} sends more than 50 MB: that is no exposition.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (typeof cause === "object" && cause !== null && "code" in cause) return String(cause.code);
  return cause instanceof Error ? cause.message : String(cause);
}

function looksLike(text: string, contentType: string): string | undefined {
  if (contentType.includes("html") || /^\s*<(!doctype|html)/i.test(text)) return "an HTML page";
  if (contentType.includes("json") || /^\s*[{[]/.test(text)) return "JSON";
  return undefined;
}
