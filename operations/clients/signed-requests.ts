import { SignatureV4 } from "@smithy/signature-v4";
import { type AwsCredentials, credentialsFor, Sha256 } from "./aws-query";
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
