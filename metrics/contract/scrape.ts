import { announcedFormat } from "./content-type";
import { type Exposition, parseExposition } from "./exposition";
import type { Finding } from "./findings";
import { ExpositionError } from "./scanner";

/** What a scrape brought. */
export interface Scrape extends Exposition {
  readonly url: string;
  /** What keeps Prometheus from reading it, though it can be read. */
  readonly findings: readonly Finding[];
}

/** Why a scrape brought nothing, for people. */
export class ScrapeError extends Error {
  override readonly name = "ScrapeError";
}

/** Answers beyond this size are not read to their end. */
const mostBytes = 50 * 1024 * 1024;
const limitMs = 10_000;

/**
 * Reads a service's metrics, as Prometheus would.
 * @param address of the service, or of its metrics where they are not at `/metrics`; with name and password where it
 * asks for them
 * @throws ScrapeError that says why there are none
 */
export async function scrape(address: URL): Promise<Scrape> {
  const url = new URL(address);
  const authorization = takenCredentials(url);
  if (url.pathname === "/") url.pathname = "/metrics";
  const { response, body } = await get(url, authorization);
  const where = url.href;
  if (response.status !== 200) {
    throw new ScrapeError(`${where} answers with status ${String(response.status)}, not with metrics.`);
  }
  const type = response.headers.get("content-type") ?? "";
  const { format, findings } = announcedFormat(type);
  try {
    const exposition = parseExposition(body, format);
    if (exposition.families.size === 0) throw new ScrapeError(`${where} is empty: it exposes no metric.`);
    return { ...exposition, url: where, findings };
  } catch (error) {
    if (!(error instanceof ExpositionError)) throw error;
    const kind = looksLike(body.toString("latin1"));
    throw new ScrapeError(
      kind === undefined
        ? `${where} is no exposition in ${format === "text" ? "Prometheus' text format" : format}: ${error.message}`
        : `${where} is ${kind}, no exposition of Prometheus or OpenMetrics.`,
    );
  }
}

/** Takes name and password out of a URL, so that no message shows them; the header that says the same. */
function takenCredentials(url: URL): Readonly<Record<string, string>> {
  const pair = [url.username, url.password].map(decoded).join(":");
  url.username = "";
  url.password = "";
  return pair === ":" ? {} : { authorization: `Basic ${Buffer.from(pair).toString("base64")}` };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a percent sign that stands for itself
  }
}

async function get(
  url: URL,
  authorization: Readonly<Record<string, string>>,
): Promise<{ response: Response; body: Buffer }> {
  const accept = "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";
  try {
    const response = await fetch(url, {
      headers: { accept, ...authorization },
      signal: AbortSignal.timeout(limitMs),
    });
    return { response, body: await bodyOf(response) };
  } catch (error) {
    if (error instanceof ScrapeError) throw error;
    const isLate = error instanceof Error && error.name === "TimeoutError";
    const reason = isLate
      ? `did not answer within ${String(limitMs / 1000)} s`
      : `cannot be reached (${causeOf(error)})`;
    throw new ScrapeError(`${url.href} ${reason}.`);
  }
}

async function bodyOf(response: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const body = (response.body ?? []) as AsyncIterable<Uint8Array>;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > mostBytes)
      throw new ScrapeError(`${response.url} sends more than 50 MB: that is no exposition.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (typeof cause === "object" && cause !== null && "code" in cause) return String(cause.code);
  return cause instanceof Error ? cause.message : String(cause);
}

function looksLike(text: string): string | undefined {
  if (/^\s*<(!doctype|html)/i.test(text)) return "an HTML page";
  if (/^\s*[{[]\s*["{[}\]]/.test(text)) return "JSON";
  return undefined;
}
