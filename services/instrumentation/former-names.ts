import { entriesOf, type Catalogue } from "../../metrics/catalogue";
import type { Family } from "./exposition";

/** The former names of a catalogue's metrics that are being renamed, by the names that they have now. */
export function formerNamesIn(catalogue: Catalogue): readonly (readonly [name: string, formerly: string])[] {
  return entriesOf(catalogue).flatMap(({ name, formerly }) =>
    formerly === undefined ? [] : [[name, formerly] as const],
  );
}

/**
 * Families, and those that are being renamed once more under their former name, with the same samples: what is measured
 * once is exposed twice.
 */
export function withFormerNames(
  families: readonly Family[],
  formerNames: ReadonlyMap<string, string>,
): readonly Family[] {
  if (formerNames.size === 0) return families;
  return families.flatMap((family) => {
    const formerly = formerNames.get(family.name);
    return formerly === undefined ? [family] : [family, underFormerName(family, formerly)];
  });
}

function underFormerName({ name, type, help, samples }: Family, formerly: string): Family {
  return {
    name: formerly,
    type,
    help: `Former name of ${name}: ${help}`,
    samples: samples.map((sample) => ({ ...sample, name: formerly + sample.name.slice(name.length) })),
  };
}
