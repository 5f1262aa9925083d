import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** What a workspace knows of whoever may write to it. */
export interface Signer {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
  /** Name of the service in the signature. */
  readonly service: string;
}

/**
 * Takes requests in the place of a workspace: it refuses what is not signed by Signature Version 4 as it must be, and hands
 * all else on. The signature is computed anew from the request as it came, as
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html says.
 */
export class SignedReceiver {
  /** How many requests were signed as they must be, and how many were not. */
  readonly count = { signed: 0, refused: 0 };
  /** What is answered in place of handing on; undefined where all is well. */
  answers: number | undefined;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  /**
   * @param target URL that requests are handed on to
   * @param pathOf path and query there of those of a request. Default: the same
   */
  static async start(
    target: string,
    signer: Signer,
    pathOf = (path: string) => path,
  ): Promise<SignedReceiver> {
    const server = createServer((request, response) => {
      void (async () => {
        const body = await bodyOf(request);
        if (!isSigned(request, body, signer)) {
          receiver.count.refused += 1;
          response.writeHead(403).end("not signed as it must be");
          return;
        }
        receiver.count.signed += 1;
        if (receiver.answers !== undefined) {
          response.writeHead(receiver.answers).end("not now");
          return;
        }
        const handed = await fetch(target + pathOf(request.url ?? ""), {
          method: request.method,
          headers: contentHeaders(request),
          ...(body.length > 0 && { body: new Uint8Array(body) }),
        });
        response.writeHead(handed.status).end(await handed.text());
      })().catch((error: unknown) => response.writeHead(502).end(String(error)));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const receiver = new SignedReceiver(server, `http://127.0.0.1:${String(port)}`);
    return receiver;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function contentHeaders({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      /^(?:content-(?:type|encoding)|x-prometheus-.+)$/.test(name) ? [[name, String(value)]] : [],
    ),
  );
}

/** Names and values in order, with all quoted that is not unreserved. */
function canonicalQuery(query: string): string {
  const quoted = (text: string) =>
    encodeURIComponent(text).replace(
      /[!'()*]/g,
      (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  const pairs = [...new URLSearchParams(query)].map(([name, value]) => `${quoted(name)}=${quoted(value)}`);
  return pairs.sort().join("&");
}

function isSigned({ method, url = "", headers }: IncomingMessage, body: Buffer, signer: Signer): boolean {
  const { accessKeyId, secretAccessKey, region, service } = signer;
  const pattern = /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;
  const [, credential = "", names = "", signature = ""] = pattern.exec(headers.authorization ?? "") ?? [];
  const time = String(headers["x-amz-date"]);
  const day = time.slice(0, 8);
  const scope = `${day}/${region}/${service}/aws4_request`;
  if (credential !== `${accessKeyId}/${scope}` || !names.split(";").includes("host")) return false;
  const [path = "", query = ""] = url.split("?");
  const canonical = [
    method,
    path,
    canonicalQuery(query),
    ...names.split(";").map((name) => `${name}:${String(headers[name]).trim()}`),
    "",
    names,
    createHash("sha256").update(body).digest("hex"),
  ].join("\n");
  const text = ["AWS4-HMAC-SHA256", time, scope, createHash("sha256").update(canonical).digest("hex")].join(
    "\n",
  );
  const key = [day, region, service, "aws4_request"].reduce<string | Buffer>(
    (secret, part) => createHmac("sha256", secret).update(part).digest(),
    `AWS4${secretAccessKey}`,
  );
  return createHmac("sha256", key).update(text).digest("hex") === signature;
}
