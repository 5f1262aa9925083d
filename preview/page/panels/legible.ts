import { colorManipulator, type GrafanaTheme2 } from "@grafana/data";

/** The least contrast of a text with what is behind it. */
const leastContrast = 4.5;

/** A colour for text: the given one, or, where it could not be read on a panel, one a little nearer to black or white. */
export function legible(color: string | undefined, theme: GrafanaTheme2): string | undefined {
  if (color === undefined) return undefined;
  const background = theme.colors.background.primary;
  const change = theme.isDark ? colorManipulator.lighten : colorManipulator.darken;
  let text = color;
  for (
    let tries = 0;
    tries < 40 && colorManipulator.getContrastRatio(text, background) < leastContrast;
    tries++
  )
    text = change(text, 0.05);
  return text;
}
