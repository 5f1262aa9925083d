import { request as requestHttp, type IncomingHttpHeaders } from "node:http";
import { request as requestHttps } from "node:https";

/** What a server answered. */
export interface Answer {
  readonly url: string;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What is sent besides a URL. */
export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const most = 20;

/** A browser as far as logins go: it keeps each host's cookies and follows redirects. It shows and runs nothing. */
export class Visitor {
  /** The `Set-Cookie` lines that came, in their order. */
  readonly setCookies: string[] = [];
  private readonly cookies = new Map<string, Map<string, string>>();

  /** @param ca certificate of the authority that it believes besides the usual ones, in PEM */
  constructor(private readonly ca: string) {}

  /** One request; a redirect is not followed. */
  async send(url: string, { method = "GET", headers = {}, body = "" }: Sent = {}): Promise<Answer> {
    const { host, protocol } = new URL(url);
    const own = this.cookies.get(host) ?? new Map<string, string>();
    this.cookies.set(host, own);
    const cookie = [...own].map(([name, value]) => `${name}=${value}`).join("; ");
    const request = protocol === "https:" ? requestHttps : requestHttp;
    const options = { method, headers: { ...headers, ...(cookie !== "" && { cookie }) }, ca: this.ca };
    const answer = await new Promise<Answer>((resolve, reject) => {
      request(url, { ...options, agent: false, timeout: 30_000 }, (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("end", () => {
          const text = Buffer.concat(parts).toString();
          resolve({ url, status: response.statusCode ?? 0, headers: response.headers, body: text });
        });
      })
        .on("error", reject)
        .end(body);
    });
    for (const line of answer.headers["set-cookie"] ?? []) this.keep(own, line);
    return answer;
  }

  /**
   * Opens a URL and goes where it is sent.
   * @param end beginning of the URLs that it does not open: the answer is then the one that led there
   */
  async open(url: string, sent: Sent = {}, end?: string): Promise<Answer> {
    let answer = await this.send(url, sent);
    for (let count = 0; count < most; count++) {
      const { location } = answer.headers;
      if (location === undefined || answer.status < 300 || answer.status > 399) return answer;
      const next = new URL(location, answer.url).href;
      if (end !== undefined && next.startsWith(end)) return answer;
      answer = await this.send(next);
    }
    throw new Error(`${url} leads on and on, at last to ${answer.url}.`);
  }

  /** Opens a URL that leads to the provider's form, gives a person's name there, and goes where that leads. */
  async logIn(url: string, person: string, end?: string): Promise<Answer> {
    const form = await this.open(url);
    if (!form.body.includes('name="login"')) throw new Error(`${form.url} has no form: ${form.body}`);
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const body = new URLSearchParams({ login: person }).toString();
    return this.open(form.url, { method: "POST", headers, body }, end);
  }

  private keep(own: Map<string, string>, line: string): void {
    this.setCookies.push(line);
    const [pair = ""] = line.split(";");
    const at = pair.indexOf("=");
    const value = pair.slice(at + 1);
    if (value === "" || /max-age=(?:0|-)/i.test(line)) own.delete(pair.slice(0, at));
    else own.set(pair.slice(0, at), value);
  }
}
