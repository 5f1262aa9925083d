import { withoutCredentials } from "../terminal/credentials";

/**
 * Asks an HTTP API for JSON.
 * @param url a name and a password in it are sent as basic authentication
 * @throws Error when there is no answer within 10 s, or none with a status of success; it shows no password
 */
export async function requestJson<T>(url: string, init: RequestInit = {}): Promise<T> {
  const text = await requestText(url, init);
  try {
    return (text === "" ? undefined : JSON.parse(text)) as T;
  } catch {
    throw new RequestError(`${withoutCredentials(url)}: no JSON, but ${text.slice(0, 100)}`);
  }
}

/** The same for any text. */
export async function requestText(url: string, init: RequestInit = {}): Promise<string> {
  const { bare, authorization } = splitCredentials(url);
  const headers = new Headers(init.headers);
  if (authorization !== undefined && !headers.has("authorization"))
    headers.set("authorization", authorization);
  const shown = withoutCredentials(url);
  let answer: { readonly ok: boolean; readonly status: number; readonly text: string };
  try {
    const response = await fetch(bare, { signal: AbortSignal.timeout(10_000), ...init, headers });
    answer = { ok: response.ok, status: response.status, text: await response.text() };
  } catch (error) {
    throw new RequestError(`${shown}: ${reasonOf(error)}`);
  }
  const { status, text } = answer;
  if (!answer.ok) throw new RequestError(`${shown}: ${String(status)} ${text.slice(0, 500)}`, status, text);
  return text;
}

/** That there was no answer, or one whose status is none of success. */
export class RequestError extends Error {
  override readonly name = "RequestError";

  /** @param status of the answer; undefined where there was none */
  constructor(
    message: string,
    readonly status?: number,
    readonly body: string = "",
  ) {
    super(message);
  }
}

function splitCredentials(url: string): { bare: string; authorization?: string } {
  if (!URL.canParse(url)) return { bare: url };
  const parsed = new URL(url);
  const { username, password } = parsed;
  if (username === "" && password === "") return { bare: url };
  parsed.username = "";
  parsed.password = "";
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { bare: parsed.href, authorization: `Basic ${Buffer.from(pair).toString("base64")}` };
}

/** Why nothing was answered: `fetch` says that only in the cause of its error. */
function reasonOf(error: unknown): string {
  const { name, message, cause } = error as Partial<Error> & { readonly cause?: Partial<AggregateError> };
  if (name === "TimeoutError") return "no answer in time";
  // Of an address with several there is an error each.
  const [first] = (cause?.errors ?? []) as readonly Error[];
  return cause?.message || first?.message || message || String(error);
}
