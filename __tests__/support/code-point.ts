import fc from "fast-check";

const surrogates = 0x800;

/**
 * Any character of Unicode, as the unit of a text: `fc.string({ unit: codePoint })`. It is what `unit: "binary"` stands for,
 * but for the list of all million of them, which takes half a second to make in each file of tests.
 */
export const codePoint = fc
  .integer({ min: 0, max: 0x10ffff - surrogates })
  .map((number) => String.fromCodePoint(number < 0xd800 ? number : number + surrogates));
