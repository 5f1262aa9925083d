import { createHash, createHmac, type Hash, type Hmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import type { AwsPlace } from "./topics-client";

/** Signs a request to a service of AWS. @returns what `fetch` is given */
export type Sign = (url: string, init?: RequestInit) => Promise<RequestInit>;

/**
 * Signs requests as AWS asks for, by Signature Version 4.
 * @param service its name in the signature, such as `aps`
 * @param credentials of whoever asks. Default: those that all clients of AWS find
 */
export function signing(
  place: AwsPlace,
  service: string,
  credentials: () => Promise<AwsCredentials> = () => credentialsFor(place),
): Sign {
  return async (url, init = {}) => {
    const { host, hostname, pathname, protocol, searchParams } = new URL(url);
    const signer = new SignatureV4({
      service,
      region: place.region,
      credentials: await credentials(),
      sha256: Sha256,
    });
    const { headers } = await signer.sign({
      method: init.method ?? "GET",
      protocol,
      hostname,
      path: pathname,
      query: Object.fromEntries(
        [...new Set(searchParams.keys())].map((name) => [name, searchParams.getAll(name)]),
      ),
      headers: { ...(init.headers as Record<string, string> | undefined), host },
      body: init.body,
    });
    return { ...init, headers };
  };
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

/** Node's SHA-256 in the form in which the signature takes it. */
class Sha256 {
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
