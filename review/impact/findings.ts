import type { ChangedThing } from "./changes/thing";
import type { Finding, Reader, Subject, Verdict } from "./impact";

const verdicts: readonly Verdict[] = ["block", "warn", "pass"];

/** Collects what reads each thing that changed, and what is at fault by itself. */
export class Findings {
  private readonly readers = new Map<ChangedThing, Reader[]>();
  private readonly others: Finding[] = [];

  constructor(private readonly things: readonly ChangedThing[]) {
    for (const thing of things) this.readers.set(thing, []);
  }

  /** Adds a reader of things that changed; of none, one that is at fault itself. */
  add(reader: Reader, things: readonly ChangedThing[], self: Subject): void {
    if (things.length === 0) this.others.push({ verdict: reader.verdict, subject: self, readers: [reader] });
    for (const thing of things) this.readers.get(thing)?.push(reader);
  }

  /** All of them, the worst first and otherwise in the order in which they came. */
  all(): readonly Finding[] {
    const told = this.things.filter(
      (thing) => thing.isToldWhereRead !== true || this.readers.get(thing)?.length !== 0,
    );
    const ofThings = told.map((thing): Finding => {
      const readers = distinct(this.readers.get(thing) ?? []);
      const { subject, note } = thing;
      return {
        verdict: worst(readers),
        subject,
        readers: sorted(readers),
        ...(note !== undefined && { note }),
      };
    });
    return sorted([...ofThings, ...this.others]);
  }
}

/** The worst verdict of readers; a pass where there are none. */
export function worst(readers: readonly { readonly verdict: Verdict }[]): Verdict {
  return verdicts.find((verdict) => readers.some((reader) => reader.verdict === verdict)) ?? "pass";
}

function sorted<T extends { readonly verdict: Verdict }>(all: readonly T[]): readonly T[] {
  return verdicts.flatMap((verdict) => all.filter((each) => each.verdict === verdict));
}

function distinct(readers: readonly Reader[]): readonly Reader[] {
  return [...new Map(readers.map((reader) => [JSON.stringify(reader), reader])).values()];
}
