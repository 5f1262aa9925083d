import { type Automaton, besideOf } from "./automaton";

const lastRune = 0x10ffff;
/** No text in UTF-8 has these. */
const surrogates = [0xd800, 0xdfff] as const;
/** What people can read, so that an example of a text is a readable one. */
const readable = [..."abcdefghijklmnopqrstuvwxyz0123456789-ABCDEFGHIJKLMNOPQRSTUVWXYZ_./: "].map(
  (character) => character.codePointAt(0) ?? 0,
);

/**
 * A character of each kind that some automata tell apart, the most readable one. All characters of UTF-8 are of one of
 * these kinds.
 */
export function alphabetOf(automata: readonly Automaton[]): readonly number[] {
  const readers = automata.flatMap((each) => each.readers);
  const bounds = new Set([0, surrogates[0], surrogates[1] + 1, 10, 11, 48, 58, 65, 91, 95, 96, 97, 123]);
  for (const reader of readers) {
    const { arg, runes } = reader;
    if (runes.length === 1) {
      // Of one character in whichever case: Unicode folds it with a few others, wherever they are.
      const isFolded = (arg & 1) !== 0;
      const taken = isFolded ? casedRunes().filter((rune) => reader.matchRune(rune)) : [];
      for (const rune of [runes[0] ?? 0, ...taken]) bounds.add(rune).add(rune + 1);
    }
    for (let index = 0; index + 1 < runes.length; index += 2) {
      bounds.add(runes[index] ?? 0).add((runes[index + 1] ?? 0) + 1);
    }
  }
  const firsts = [...bounds].filter((rune) => rune <= lastRune && !isSurrogate(rune));
  const kinds = new Map<string, number>();
  for (const rune of [...readable, ...firsts.sort((one, other) => one - other)]) {
    const kind = `${besideOf(rune)} ${readers.map((reader) => (reader.matchRune(rune) ? "1" : "0")).join("")}`;
    if (!kinds.has(kind)) kinds.set(kind, rune);
  }
  return [...kinds.values()];
}

function isSurrogate(rune: number): boolean {
  return rune >= surrogates[0] && rune <= surrogates[1];
}

let cased: readonly number[] | undefined;

/** All characters that have another case: there is no other list of them. */
function casedRunes(): readonly number[] {
  if (cased !== undefined) return cased;
  const found: number[] = [];
  for (let rune = 0; rune <= lastRune; rune++) {
    if (isSurrogate(rune)) continue;
    const character = String.fromCodePoint(rune);
    if (character.toLowerCase() !== character || character.toUpperCase() !== character) found.push(rune);
  }
  cased = found;
  return found;
}
