import { foreign, owned } from "./define";
import { oneOf } from "./labels";
import { probeJob } from "./targets";

const seconds = { unit: "seconds" } as const;

/** What the blackbox exporter says of itself. */
export const blackboxExporter = owned(
  { owner: "blackbox-exporter", title: "Blackbox exporter", exportedBy: ["blackbox-exporter"] },
  [
    foreign("gauge", "blackbox_exporter_config_last_reload_successful", {
      unit: "boolean",
      help: "Whether the configuration was taken (1) or not (0).",
    }),
  ],
);

/**
 * What dashboards and rules read of its probes by HTTP: one target a URL. A probe that finds no name, or gets no answer,
 * has its figures too, as far as it came; those that it did not reach are 0.
 */
export const probes = owned(
  { owner: "probes", title: "Probes from outside (blackbox exporter)", exportedBy: [probeJob] },
  [
    foreign("gauge", "probe_success", {
      unit: "boolean",
      help: "Whether the URL answered as it should (1) or not (0).",
    }),
    foreign("gauge", "probe_duration_seconds", { ...seconds, help: "Time that the whole probe took." }),
    foreign("gauge", "probe_dns_lookup_time_seconds", {
      ...seconds,
      help: "Time in which the name was found.",
    }),
    foreign("gauge", "probe_http_duration_seconds", {
      ...seconds,
      help: "Time of each phase of the request, over all redirects.",
      labels: { phase: oneOf("resolve", "connect", "tls", "processing", "transfer") },
    }),
    foreign("gauge", "probe_http_status_code", {
      unit: "status",
      help: "Status of the answer; 0 where there was none.",
    }),
    foreign("gauge", "probe_failed_due_to_regex", {
      unit: "boolean",
      help: "Whether the answer had not the text that it must have (1).",
    }),
    foreign("gauge", "probe_ssl_earliest_cert_expiry", {
      ...seconds,
      help: "When the first certificate of the chain ends, in Unix time.",
      absentWhen: "there was no answer over TLS, as with a certificate that has ended or is of another name",
    }),
  ],
);
