const grouped = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** A whole number: `12,345`. */
export function count(value: number): string {
  return grouped.format(value);
}

/** A value with three digits that count: `0.0512`, `41.3`, `1.24M`. */
export function short(value: number): string {
  const size = Math.abs(value);
  if (value === 0) return "0";
  if (size < 1e-4 || size >= 1e12) return value.toExponential(2).replace("e+", "e");
  const [unit, divisor] =
    size >= 1e9 ? ["G", 1e9] : size >= 1e6 ? ["M", 1e6] : size >= 1e4 ? ["k", 1e3] : ["", 1];
  return `${String(Number((value / divisor).toPrecision(3)))}${unit}`;
}

/** A share: `12.3 %`. */
export function percent(share: number): string {
  return `${String(Number((share * 100).toPrecision(3)))} %`;
}

/** How many of a thing: `1 panel`, `2 panels`. */
export function many(number: number, one: string, more = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : more}`;
}

/** A change of a number: `+38`, `−2`, `±0`. */
export function difference(before: number, after: number, format: (value: number) => string = count): string {
  const change = after - before;
  if (change === 0) return "±0";
  return `${change > 0 ? "+" : "−"}${format(Math.abs(change))}`;
}

/** A length of time by its two greatest units: `2 d 4 h`, `35 s`. */
export function duration(seconds: number): string {
  const units = [
    ["d", 86_400],
    ["h", 3_600],
    ["min", 60],
    ["s", 1],
  ] as const;
  const whole = Math.round(seconds);
  const first = units.findIndex(([, size]) => whole >= size);
  if (first === -1) return `${String(Number(seconds.toPrecision(2)))} s`;
  const shown = units.slice(first, first + 2);
  return shown
    .map(([unit, size], index) => {
      const amount = Math.floor(index === 0 ? whole / size : (whole % (shown[0]?.[1] ?? 1)) / size);
      return amount === 0 ? "" : `${String(amount)} ${unit}`;
    })
    .filter((text) => text !== "")
    .join(" ");
}

/** A text of at most so many characters; of a longer one the start and `…`. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  const characters = [...text.slice(0, 2 * most)];
  return characters.length <= most && text.length <= 2 * most
    ? text
    : `${characters.slice(0, most - 1).join("")}…`;
}

/** Names in a sentence: `a`, `a and b`, `a, b and 3 more`. Each is clipped. */
export function list(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most).map((name) => clip(name, 80));
  const rest = names.length - shown.length;
  const all = rest > 0 ? [...shown, `${count(rest)} more`] : shown;
  return all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} and ${all.at(-1) ?? ""}`;
}
