import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { generate } from "selfsigned";
import { SMTPServer, type SMTPServerDataStream } from "smtp-server";
import type { Faults } from "./faults";
import { readMail } from "./kinds/email";
import type { MessageStore } from "./store";

/** What the mail server is made of. */
export interface MailServerOptions {
  readonly store: MessageStore;
  readonly faults: Faults;
  /** Largest mail, in bytes. */
  readonly maxBytes: number;
  /** Gets what goes wrong on a connection. */
  readonly onError: (error: Error) => void;
}

/** A running mail server. */
export interface MailServer {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Most recipients of one mail. */
const maxRecipients = 100;

/**
 * Takes mail as a smarthost does: by SMTP, after STARTTLS (its certificate is made here and signed by itself) and AUTH
 * (PLAIN or LOGIN, any name and password). A mail becomes one message per recipient, whose address is the receiver.
 * @throws Error when it cannot listen
 */
export async function startMailServer(
  host: string,
  port: number,
  options: MailServerOptions,
): Promise<MailServer> {
  const { store, faults, maxBytes } = options;
  const { private: key, cert } = await generate([{ name: "commonName", value: "inbox" }], {
    keySize: 2048,
    extensions: [
      { name: "subjectAltName", altNames: ["inbox", "localhost"].map((value) => ({ type: 2, value })) },
    ],
  });
  const server = new SMTPServer({
    name: "inbox",
    banner: "inbox of microservices-monitoring",
    key,
    cert,
    authMethods: ["PLAIN", "LOGIN"],
    size: maxBytes,
    rejectOversized: true,
    disableReverseLookup: true,
    closeTimeout: 1_000,
    onAuth: ({ username }, _session, done) => {
      done(null, { user: username ?? "" });
    },
    onRcptTo: ({ address }, session, done) => {
      const fault = faults.get(address);
      if (fault && "silent" in fault) {
        faults.hold(address, () => {
          done(failure(421, "This failure was asked for."));
        });
        return;
      }
      if (fault) done(failure(fault.status, "This failure was asked for."));
      else if (session.envelope.rcptTo.length >= maxRecipients) done(failure(452, "Too many recipients"));
      else done();
    },
    onData: (stream, session, done) => {
      receive(stream, maxBytes)
        .then(readMail)
        .then((content) => {
          const addresses = new Set(session.envelope.rcptTo.map(({ address }) => address));
          for (const receiver of addresses) store.add({ ...content, kind: "email", receiver });
          done(null, "Message kept");
        })
        .catch((error: unknown) => {
          done(failure(554, error instanceof Error ? error.message : "This mail cannot be read."));
        });
    },
  });
  server.on("error", options.onError);
  const listening = once(server.server, "listening");
  server.listen(port, host);
  await listening;
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
      }),
  };
}

/** The whole of a mail; what goes over the limit is thrown away as it comes. */
async function receive(stream: SMTPServerDataStream, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
  }
  if (size > maxBytes) throw new Error(`A mail may have at most ${String(maxBytes)} bytes.`);
  return Buffer.concat(chunks);
}

function failure(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
