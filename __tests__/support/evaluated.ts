import {
  type EngineOptions,
  evaluateText,
  type Labels,
  MemoryStorage,
  textOf,
} from "../../metrics/promql-engine";

/** A sample each ten seconds from 10 s on; null is none, "stale" a marker. */
export type Written = readonly (number | null | "stale")[];

/** A storage of series, each written as `name{label="a"}` without spaces. */
export function storageOf(series: Readonly<Record<string, Written>>): MemoryStorage {
  const storage = new MemoryStorage();
  for (const [text, samples] of Object.entries(series)) {
    samples.forEach((sample, index) => {
      const time = (index + 1) * 10_000;
      if (sample === "stale") storage.end(labelsOf(text), time);
      else if (sample !== null) storage.append(labelsOf(text), time, sample);
    });
  }
  return storage;
}

/** Of `name{a="b",c="d"}`. */
export function labelsOf(text: string): Labels {
  const [name = "", list = ""] = text.split(/[{}]/);
  const pairs = [...list.matchAll(/(\w+)="([^"]*)"/g)].map(([, label = "", value = ""]) => [label, value]);
  return Object.fromEntries([...(name === "" ? [] : [["__name__", name]]), ...pairs]) as Labels;
}

/** What an expression gives at some seconds, which must be equally far apart: by labels a value each, null where none is. */
export async function valuesAt(
  storage: MemoryStorage,
  text: string,
  seconds: readonly number[],
  options: Partial<EngineOptions> = {},
): Promise<Record<string, (number | null)[]>> {
  const [from = 0, next = from + 1] = seconds;
  const steps = { from: from * 1000, to: (seconds.at(-1) ?? from) * 1000, step: (next - from) * 1000 };
  const results = await evaluateText(text, steps, { storage, ...options });
  return Object.fromEntries(
    results.map(({ labels, values, present }) => [
      textOf(labels),
      [...values].map((value, step) => (present[step] === 1 ? value : null)),
    ]),
  );
}
