import { z } from "zod";
import {
  emailAddress,
  hostName,
  httpsUrl,
  list,
  port,
  text,
  textThat,
  wholeNumber,
} from "../../schema/primitives";

/** Name by which a person or a program logs in at the edge. */
export const edgeUserName = text(
  /^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/,
  `a name of letters, digits and . _ @ -, such as "alice", of at most 64 characters`,
);

/** Directory of Let's Encrypt, the authority that is asked unless another is said. */
export const letsEncrypt = "https://acme-v02.api.letsencrypt.org/directory";

/** What certificates are asked for by ACME (RFC 8555). */
export const acme = {
  /** Address that the authority writes to. */
  email: emailAddress,
  /** URL of the authority's directory. */
  directory: httpsUrl,
} as const;

/** Requests that one client may send in a minute. */
export const requestsPerMinute = wholeNumber(10, 1_000_000);

/** Size of the greatest body of a request, in MB. */
export const maxBodyMb = wholeNumber(1, 1_000);

/** A path below which a site is: nothing, or one that begins with a slash and does not end with one. */
export const sitePath = textThat(
  (value) => /^(?:\/[\w.~-]+)*$/.test(value),
  `nothing, or a path such as "/prometheus" without a slash at its end`,
);

/** Where a program answers. */
const upstream = text(/^[\w.-]+:\d{1,5}$/, `a "host:port"`);

/** What is behind a URL, and who may reach it. */
export const edgeSite = z.strictObject({
  host: hostName,
  path: sitePath,
  upstreams: list(upstream, 1, 10),
  stripsPath: z.boolean(),
  login: z.enum(["edge", "own"]),
  hidden: list(text(/^\/\S*$/, "a path"), 0, 10),
});

/** How certificates come to the edge. */
export const edgeCertificates = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("acme"), ...acme }),
  z.strictObject({ kind: z.literal("files") }),
]);

/** All that the configuration of an edge is made of, as it must be. */
export const edgeConfiguration = z.strictObject({
  sites: list(edgeSite, 1, 200),
  certificates: edgeCertificates,
  users: list(edgeUserName, 0, 100),
  oidc: upstream.optional(),
  requestsPerMinute,
  maxBodyMb,
  httpsPort: port,
});
