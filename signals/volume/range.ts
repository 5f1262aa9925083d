/** A number of which only the bounds are known. Both are the same where it was counted. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

/** A number that is known. */
export function exactly(value: number): Range {
  return { least: value, most: value };
}

/** The sum of several. */
export function total(ranges: Iterable<Range>): Range {
  let [least, most] = [0, 0];
  for (const range of ranges) [least, most] = [least + range.least, most + range.most];
  return { least, most };
}

/** Each bound changed by the same function, which must not fall. */
export function mapRange({ least, most }: Range, change: (value: number) => number): Range {
  return { least: change(least), most: change(most) };
}
