/** What can be wrong with a service's metrics. */
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
  | "incomplete";

/** One way in which a service's metrics differ from the catalogue. */
export interface Finding {
  readonly kind: FindingKind;
  readonly metric: string;
  /** What was found and what is allowed, for people. */
  readonly message: string;
}
