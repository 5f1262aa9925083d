/** A value of an attribute: one of its parts is there, or none. Whole numbers are texts, bytes are in base64. */
export interface AnyValue {
  readonly stringValue?: string;
  readonly boolValue?: boolean;
  readonly intValue?: string;
  readonly doubleValue?: number;
  readonly arrayValue?: { readonly values: readonly AnyValue[] };
  readonly kvlistValue?: { readonly values: readonly KeyValue[] };
  readonly bytesValue?: string;
}

/** An attribute. */
export interface KeyValue {
  readonly key: string;
  readonly value?: AnyValue | null;
}

/** Who sends: absent where the sender does not say. */
export interface Resource {
  readonly attributes: readonly KeyValue[];
}

/** The library that made what is sent. */
export interface Scope {
  readonly name: string;
  readonly version: string;
}

interface Point {
  readonly attributes: readonly KeyValue[];
  /** Nanoseconds since 1970. */
  readonly timeUnixNano: string;
  /** Bit 1: the series has ended, and there is no value. */
  readonly flags: number;
}

/** A point of a gauge or sum. */
export interface NumberPoint extends Point {
  readonly asDouble?: number;
  readonly asInt?: string;
}

/** A point of a histogram with bounds of its own. */
export interface HistogramPoint extends Point {
  readonly count: string;
  readonly sum?: number;
  /** Counts of the buckets alone, one more than there are bounds. */
  readonly bucketCounts: readonly string[];
  readonly explicitBounds: readonly number[];
}

/** A point of an exponential histogram; its buckets are left out. */
export interface ExponentialPoint extends Point {
  readonly count: string;
}

/** A point of a summary. */
export interface SummaryPoint extends Point {
  readonly count: string;
  readonly sum: number;
  readonly quantileValues: readonly { readonly quantile: number; readonly value: number }[];
}

/** An instrument with its points: one of the kinds is there, or none. */
export interface Metric {
  readonly name: string;
  /** In UCUM, such as `s` or `By`. */
  readonly unit: string;
  readonly gauge?: { readonly dataPoints: readonly NumberPoint[] };
  readonly sum?: {
    readonly dataPoints: readonly NumberPoint[];
    readonly aggregationTemporality: number;
    readonly isMonotonic: boolean;
  };
  readonly histogram?: {
    readonly dataPoints: readonly HistogramPoint[];
    readonly aggregationTemporality: number;
  };
  readonly exponentialHistogram?: {
    readonly dataPoints: readonly ExponentialPoint[];
    readonly aggregationTemporality: number;
  };
  readonly summary?: { readonly dataPoints: readonly SummaryPoint[] };
}

/** The metrics of one sender. */
export interface ResourceMetrics {
  readonly resource?: Resource | null;
  readonly scopeMetrics: readonly { readonly scope?: Scope | null; readonly metrics: readonly Metric[] }[];
}

/** A span, as far as it is looked at. */
export interface Span {
  readonly name: string;
  /** 2: a server's, 3: a client's. */
  readonly kind: number;
  readonly attributes: readonly KeyValue[];
  /** `code` 2: an error. */
  readonly status?: { readonly code: number } | null;
}

/** The spans of one sender. */
export interface ResourceSpans {
  readonly resource?: Resource | null;
  readonly scopeSpans: readonly { readonly spans: readonly Span[] }[];
}
