import { createHash } from "node:crypto";
import { toYaml } from "../../schema/yaml";
import type { ProbeSettings } from "./blackbox-settings";

/** A URL, and how it must answer. */
export interface Probe extends ProbeSettings {
  /** `http://` or `https://` URL. */
  readonly url: string;
}

/** An answer beyond this is read no further, and fails: the exporter holds it in memory. */
const longestAnswer = "10MB";

function isOverTls({ url }: Probe): boolean {
  return url.startsWith("https://");
}

/** Name of the module of a probe, such as `https_2xx_5s`. It says what the module does: two of one name are the same. */
export function moduleNameOf(probe: Probe): string {
  const { statuses, text, timeout, followRedirects } = probe;
  return [
    isOverTls(probe) ? "https" : "http",
    ...(statuses ?? ["2xx"]),
    timeout,
    ...(followRedirects ? [] : ["first"]),
    ...(text === undefined ? [] : ["text", createHash("sha256").update(text).digest("hex").slice(0, 8)]),
  ].join("_");
}

/** The configuration file of the blackbox exporter, in YAML, for 0.23 and newer: a module for each different probe. */
export function renderBlackboxConfiguration(probes: readonly Probe[]): string {
  const modules = probes.map((probe) => [moduleNameOf(probe), renderModule(probe)] as const);
  return toYaml({
    modules: Object.fromEntries([...modules].sort(([one], [other]) => (one < other ? -1 : 1))),
  });
}

function renderModule(probe: Probe) {
  const { statuses, text, timeout, followRedirects } = probe;
  return {
    prober: "http",
    timeout,
    http: {
      ...(statuses && { valid_status_codes: statuses }),
      ...(text !== undefined && { fail_if_body_not_matches_regexp: [text] }),
      // A redirect must not lead out of TLS.
      ...(isOverTls(probe) && { fail_if_not_ssl: true }),
      follow_redirects: followRedirects,
      body_size_limit: longestAnswer,
      // The engine's networks have no IPv6.
      preferred_ip_protocol: "ip4",
    },
  };
}
