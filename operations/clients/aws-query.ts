import { createHash, createHmac, type Hash, type Hmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
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
    const signer = new SignatureV4({
      service: name,
      region,
      credentials: await this.credentials(),
      sha256: Sha256,
    });
    const { headers } = await signer.sign({
      method: "POST",
      protocol: url.protocol,
      hostname: url.hostname,
      path: "/",
      query: {},
      headers: { host: url.host, "content-type": "application/x-www-form-urlencoded; charset=utf-8" },
      body,
    });
    const signal = AbortSignal.timeout(this.timeoutMs);
    const response = await fetch(url, { method: "POST", headers, body, signal });
    const text = await response.text();
    if (response.ok) return text;
    throw new Error(`${action}: ${textsOf(text, "Message")[0] ?? `status ${String(response.status)}`}`);
  }
}

/** What a request is signed with. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Those that all clients of AWS find; an emulator takes any. */
export async function credentialsFor({ region, emulatorUrl }: AwsPlace): Promise<AwsCredentials> {
  if (emulatorUrl !== undefined) return { accessKeyId: "emulator", secretAccessKey: "emulator" };
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  // The order in which all clients of AWS look for credentials.
  const { SNSClient } = await import("@aws-sdk/client-sns");
  return new SNSClient({ region }).config.credentials();
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

/** Node's SHA-256 in the form in which the signature takes it. */
export class Sha256 {
  private hash: Hash | Hmac;

  constructor(private readonly secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = this.start();
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.hash.update(bytesOf(data));
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(this.hash.digest()));
  }

  reset(): void {
    this.hash = this.start();
  }

  private start(): Hash | Hmac {
    return this.secret === undefined ? createHash("sha256") : createHmac("sha256", bytesOf(this.secret));
  }
}

function bytesOf(data: string | ArrayBuffer | ArrayBufferView): Buffer {
  if (typeof data === "string") return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? Buffer.from(data.buffer, data.byteOffset, data.byteLength)
    : Buffer.from(data);
}
