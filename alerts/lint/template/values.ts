import type { LabelSet } from "../../../metrics/promql-analysis";

/** Labels in a template, and what they are of. */
export interface LabelsOf {
  /** Those that there may be. */
  readonly labels: LabelSet;
  /** The query that a template asks; undefined for the rule's own expression. */
  readonly query: string | undefined;
}

/** What a part of a template stands for, as far as it leads to labels. */
export type Value =
  /** What a template is given: `.Labels`, `.Value`, `.ExternalLabels`, `.ExternalURL`. */
  | ({ readonly kind: "data" } & LabelsOf)
  | ({ readonly kind: "labels" } & LabelsOf)
  /** One sample of a query's result. */
  | ({ readonly kind: "sample" } & LabelsOf)
  /** A query's result. */
  | ({ readonly kind: "samples" } & LabelsOf)
  /** The value of the rule's expression, or what is made of it. */
  | { readonly kind: "measured" }
  | { readonly kind: "other" };

export const other: Value = { kind: "other" };
export const measured: Value = { kind: "measured" };

/** Fields of what a template is given. */
export const dataFields = ["Labels", "Value", "ExternalLabels", "ExternalURL"] as const;
