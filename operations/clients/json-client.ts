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
    throw new Error(`${withoutCredentials(url)}: no JSON, but ${text.slice(0, 100)}`);
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
    throw new Error(`${shown}: ${reasonOf(error)}`, { cause: error });
  }
  if (!answer.ok) throw new RequestError(shown, answer.status, answer.text);
  return answer.text;
}

/** An answer whose status is none of success. */
export class RequestError extends Error {
  override readonly name = "RequestError";

  constructor(
    url: string,
    readonly status: number,
    readonly body: string,
  ) {
    super(`${url}: ${String(status)} ${body.slice(0, 500)}`);
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
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return "no answer in time";
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  const { code, errors } = cause as { code?: string; errors?: readonly Error[] };
  const [first] = errors ?? [];
  return cause.message || first?.message || (code ?? error.message);
}
