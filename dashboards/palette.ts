/**
 * Colours that the colour-blind tell apart: Okabe and Ito, "Color Universal Design" (2008), without black and yellow,
 * which are lost on Grafana's dark and light backgrounds.
 */
export const palette = {
  blue: "#0072B2",
  skyBlue: "#56B4E9",
  bluishGreen: "#009E73",
  reddishPurple: "#CC79A7",
  orange: "#E69F00",
  vermillion: "#D55E00",
  grey: "#8E8E8E",
} as const;

/** Colours of series, by a regular expression that the name of a series matches from its beginning on. */
export type Colors = Readonly<Record<string, string>>;

/** How bad something is. A colour is never all that says so: the number is there too. */
export const severityColors = {
  good: palette.bluishGreen,
  warning: palette.orange,
  critical: palette.vermillion,
} as const;

/** What things are drawn in, on every dashboard. */
export const colors = {
  critical: severityColors.critical,
  warning: severityColors.warning,
  received: palette.blue,
  sent: palette.orange,
  failed: palette.vermillion,
  p50: palette.skyBlue,
  p90: palette.blue,
  before: palette.grey,
  unknown: palette.grey,
  pending: palette.skyBlue,
  paid: palette.bluishGreen,
  shipped: palette.blue,
  cancelled: palette.reddishPurple,
} as const;

const ofServices = Object.values(palette).filter((color) => color !== palette.grey);

/**
 * A colour for each service, by its place in the list: a service that is added at the end changes no other's. Beyond
 * the palette Grafana chooses one by name, which is the same on every panel too.
 */
export function serviceColors(services: readonly string[]): Colors {
  return Object.fromEntries(
    services.slice(0, ofServices.length).map((name, index) => [name, ofServices[index] ?? ""]),
  );
}
