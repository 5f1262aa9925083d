import { evaluate, type Evaluated, type Steps, type Storage } from "../../metrics/promql-engine";
import type { Parsed } from "../../metrics/promql-analysis";
import type { Gap, Past, PastGroup, PastRecord } from "./past";

/** What a past of samples at hand is made of. */
export interface StoredSamples {
  readonly name: string;
  readonly storage: Storage;
  /** Milliseconds of Unix time. */
  readonly from: number;
  readonly to: number;
  /** The rules whose series are among the samples. Default: none. */
  readonly records?: readonly PastRecord[];
  readonly groups?: readonly PastGroup[];
}

/** Prometheus's own default. */
const defaultLookback = 300_000;

/** A past whose samples are at hand: no Prometheus is asked. */
export class StoredPast implements Past {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly records: readonly PastRecord[];
  readonly groups: readonly PastGroup[];
  readonly lookback = defaultLookback;
  readonly gaps: readonly Gap[] = [];
  /** All samples. */
  readonly storage: Storage;

  constructor({ name, storage, from, to, records = [], groups = [] }: StoredSamples) {
    this.name = name;
    this.storage = storage;
    this.from = from;
    this.to = to;
    this.records = records;
    this.groups = groups;
  }

  evaluate({ expr, text }: Pick<Parsed, "text" | "expr">, steps: Steps): Promise<readonly Evaluated[]> {
    return evaluate(expr, steps, { storage: this.storage, lookback: this.lookback, instants: true, text });
  }
}
