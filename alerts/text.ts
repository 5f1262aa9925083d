/** A number without the digits that binary fractions leave behind. */
export function rounded(value: number): number {
  return Number(value.toPrecision(6));
}

/** A share as people read it: `0.05` is `5%`, as Prometheus's `humanizePercentage` writes it. */
export function percent(share: number): string {
  return `${String(rounded(share * 100))}%`;
}
