import type { AlertsPart, Audience, Tally } from "./data/alerts";

export const noTally: Tally = { messages: 0, resolved: 0, night: 0 };

/** Messages that say that something fires. */
export function firingOf({ messages, resolved }: Tally): number {
  return messages - resolved;
}

/** All of these together. */
export function sumOf(tallies: readonly (Tally | undefined)[]): Tally {
  return tallies.reduce<Tally>(
    (sum, tally = noTally) => ({
      messages: sum.messages + tally.messages,
      resolved: sum.resolved + tally.resolved,
      night: sum.night + tally.night,
    }),
    noTally,
  );
}

/** What all receivers of some kinds would have got in each version. */
export function toldOf({ receivers }: AlertsPart, audiences: readonly Audience[]) {
  const those = receivers.filter(({ audience }) => audiences.includes(audience));
  return { before: sumOf(those.map(({ before }) => before)), after: sumOf(those.map(({ after }) => after)) };
}
