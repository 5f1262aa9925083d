/** What a workspace of Amazon Managed Service for Prometheus takes. */
export interface Quota {
  /** Its name in Service Quotas, of the service `aps`. */
  readonly name: string;
  /** Its default. */
  readonly value: number;
  /** Its code in Service Quotas where AWS raises it on request; undefined where it never does. */
  readonly code?: string;
}

/**
 * Where all of them are said, and when they were read. On 28 November 2026 names and codes agreed with a public list of those
 * that Service Quotas gives of the service `aps`; the sizes, and the counts in a definition, with an older list that has
 * values.
 */
export const quotasSource = {
  url: "https://docs.aws.amazon.com/prometheus/latest/userguide/AMP_quotas.html",
  read: "November 2026",
} as const;

/** Sizes are in megabytes there, and it is not said which: the smaller ones are within both. */
const megabyte = 1_000_000;

/**
 * The quotas that a synth can hold an environment against, by their defaults. Where AWS has raised one in quotas of several
 * years, it is the lowest of these.
 */
export const quotas = {
  /** Seconds. */
  evaluationInterval: { name: "Rule evaluation interval", value: 30, code: "L-8DEDEE8E" },
  rules: { name: "Rules per workspace", value: 2_000, code: "L-3D15CDB4" },
  /** Bytes. */
  namespaceSize: { name: "Rule group namespace definition file size", value: megabyte },
  /** Bytes. */
  definitionSize: { name: "Alert manager definition file size", value: megabyte },
  templates: { name: "Templates in alert manager definition file", value: 100, code: "L-0F151AA2" },
  routes: { name: "Nodes in alert manager routing tree", value: 100, code: "L-E3E60B3E" },
  inhibitions: { name: "Inhibition rules in alert manager definition file", value: 100, code: "L-46D5E194" },
  labels: { name: "Labels per metric series", value: 70, code: "L-CDA4AB0F" },
  /** Bytes of a label's name and value together. */
  labelSize: { name: "Label size", value: 7 * 1024 },
  series: { name: "Active series per workspace", value: 10_000_000, code: "L-5A151448" },
  /** Samples a second. */
  ingestionRate: { name: "Ingestion rate per workspace", value: 170_000, code: "L-F4BCE0BA" },
  /** Alerts that fire or wait, at one time. */
  alerts: { name: "Alerts in Alert Manager", value: 1_000, code: "L-E9CD1A4F" },
  /** Bytes of all alerts together. */
  alertsSize: { name: "Alert payload size in Alert Manager", value: 20 * megabyte },
} as const satisfies Readonly<Record<string, Quota>>;

/** A quota in words, with where to have it raised. */
export function quotaWords({ name, code }: Quota): string {
  return code === undefined
    ? `${name}, which AWS does not raise`
    : `${name} (${code} of the service aps in Service Quotas, where it can be raised)`;
}
