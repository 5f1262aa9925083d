import { isIP } from "node:net";
import { connect } from "node:tls";
import { type Finding, ok, problem } from "../../checks/check";
import { deployedTexts } from "../deployed-texts";
import { messageOf, type Subject, type VerifyCheck } from "../subject";

/** From so few days on a certificate is a problem: whoever renews it has failed, and there is a fortnight left. */
export const leastDays = 14;
const connectLimitMs = 8_000;

/** Whether the certificates of the environment's https URLs are valid, and for how long. */
export const certificatesCheck: VerifyCheck = {
  name: "Certificates",
  timeLimitMs: 15_000,
  late: "problem",
  async run(subject) {
    const origins = httpsOrigins(subject);
    if (origins.length === 0) return [];
    const found = await Promise.all(
      origins.map(async (origin) => {
        try {
          return { origin, ...(await certificateOf(new URL(origin))) };
        } catch (error) {
          return { origin, reason: messageOf(error) };
        }
      }),
    );
    const findings = found.flatMap((each) => certificateFinding(each, Date.now()) ?? []);
    if (findings.length > 0) return findings;
    const days = Math.min(
      ...found.map((each) => ("validTo" in each ? daysUntil(each.validTo, Date.now()) : NaN)),
    );
    const which = origins.length === 1 ? "the one is valid" : `all ${String(origins.length)} are valid`;
    return [ok(`${which}, for ${String(days)} days at least`)];
  },
};

/** Hosts that are reached by https: of what is deployed, and of where it is asked. */
function httpsOrigins({ deployment }: Subject): readonly string[] {
  const { prometheus, alertmanagers, grafana } = deployment.places;
  const texts = [
    ...deployedTexts(deployment.environment).map(({ text }) => text),
    ...[prometheus, ...alertmanagers, grafana ?? ""],
  ];
  const origins = texts.flatMap((text) =>
    text.startsWith("https://") && URL.canParse(text) ? [new URL(text).origin] : [],
  );
  return [...new Set(origins)].sort();
}

interface Certificate {
  /** Unix time in milliseconds. */
  readonly validTo: number;
  /** Why it is not trusted; undefined where it is. */
  readonly distrust: string | undefined;
}

function certificateOf({ hostname, port }: URL): Promise<Certificate> {
  return new Promise((resolve, reject) => {
    const host = hostname.replace(/^\[|\]$/g, "");
    const socket = connect({
      host,
      port: port === "" ? 443 : Number(port),
      ...(isIP(host) === 0 && { servername: host }),
      // What is wrong with it is told, with how long it is valid.
      rejectUnauthorized: false,
    });
    socket.setTimeout(connectLimitMs, () => {
      socket.destroy(new Error(`no answer within ${String(connectLimitMs / 1_000)} s`));
    });
    socket.once("error", reject);
    socket.once("secureConnect", () => {
      // A wrong certificate's reason is an Error, whatever the types say; a code such as CERT_HAS_EXPIRED is in its `code`.
      const reason = socket.authorizationError as Error | string | undefined;
      const validTo = Date.parse(socket.getPeerCertificate().valid_to);
      resolve({ validTo, distrust: socket.authorized ? undefined : messageOf(reason) });
      socket.destroy();
    });
  });
}

type Found = { readonly origin: string } & (Certificate | { readonly reason: string });

/** What is to be said of a host's certificate at a time in milliseconds; nothing where all is well. */
export function certificateFinding(found: Found, now: number): Finding | undefined {
  const { origin } = found;
  if ("reason" in found)
    return problem(
      `${origin} cannot be reached: ${found.reason}`,
      "See its name, its port and what listens there.",
    );
  const days = daysUntil(found.validTo, now);
  if (days < 0) return problem(`the certificate of ${origin} ended ${String(-days)} days ago`, "Renew it.");
  if (found.distrust !== undefined)
    return problem(
      `the certificate of ${origin} is not valid: ${found.distrust}`,
      "Get one for this name, from an authority that is trusted.",
    );
  if (days >= leastDays) return undefined;
  return problem(
    `the certificate of ${origin} ends in ${String(days)} days`,
    `Renew it; what renews it by itself should have done so: ${String(leastDays)} days are the least.`,
  );
}

function daysUntil(time: number, now: number): number {
  return Math.floor((time - now) / 86_400_000);
}
