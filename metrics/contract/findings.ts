/** What can be wrong with a service's metrics and, from `temporality` on, with what it sends by OTLP. */
export type FindingKind =
  | "missing"
  | "unknown"
  | "format"
  | "type"
  | "unit"
  | "label"
  | "buckets"
  | "value"
  | "bound"
  | "duplicate"
  | "clash"
  | "incomplete"
  | "temporality"
  | "service"
  | "request"
  | "name"
  | "attribute"
  | "status"
  | "peer";

/** One way in which what a service tells of itself differs from the catalogue, or from what queries ask of it. */
export interface Finding {
  readonly kind: FindingKind;
  /** Name of the metric, or of what else is meant: a header, an address, `server spans`. */
  readonly metric: string;
  /** What was found and what is allowed, for people. */
  readonly message: string;
}
