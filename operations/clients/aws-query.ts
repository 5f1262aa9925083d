import { credentialsFor, signing } from "./signed-requests";
import type { AwsPlace } from "./topics-client";

/** A service of AWS that is asked by its Query API, of which little is asked: its client would be much to install. */
export interface QueryService {
  /** First part of its host's name, such as `ec2`. */
  readonly name: string;
  /** Version of its API, such as `2016-11-15`. */
  readonly version: string;
}

/** Asks services of AWS by their Query API, with the credentials of whoever asks. */
export class AwsQuery {
  /**
   * @param credentials of whoever asks. Default: those that all clients of AWS find
   * @param timeoutMs for one answer. Default: 8 s
   */
  constructor(
    private readonly place: AwsPlace,
    private readonly credentials = () => credentialsFor(place),
    private readonly timeoutMs = 8_000,
  ) {}

  /**
   * The answer, in XML.
   * @throws Error with what AWS says, where it refuses
   */
  async ask(
    { name, version }: QueryService,
    action: string,
    parameters: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const { region, emulatorUrl } = this.place;
    const url = new URL(emulatorUrl ?? `https://${name}.${region}.${domainOf(region)}`);
    const body = new URLSearchParams({ Action: action, Version: version, ...parameters }).toString();
    const headers = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
    const sign = signing(this.place, name, this.credentials);
    const signed = await sign(url.href, { method: "POST", headers, body });
    const response = await fetch(url, { ...signed, signal: AbortSignal.timeout(this.timeoutMs) });
    const text = await response.text();
    if (response.ok) return text;
    throw new Error(`${action}: ${textsOf(text, "Message")[0] ?? `status ${String(response.status)}`}`);
  }
}

/** The texts of the elements of a name that hold text alone, in their order. */
export function textsOf(xml: string, name: string): string[] {
  const elements = xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, "g"));
  return [...elements].map(([, text = ""]) => text);
}

/** Domain of the services of a region. */
export function domainOf(region: string): string {
  return region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
}
