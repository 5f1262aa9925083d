import { colorManipulator, type GrafanaTheme2 } from "@grafana/data";
import type { HeatmapColorOptions } from "@grafana/schema/dist/esm/raw/composable/heatmap/panelcfg/x/HeatmapPanelCfg_types.gen";
import * as schemes from "d3-scale-chromatic";

/** The colours of a heatmap's cells, by their value. */
export interface CellColors {
  /** From the least value up. */
  readonly palette: readonly string[];
  readonly min: number;
  readonly max: number;
  readonly of: (value: number) => string;
}

/** Schemes that Grafana draws alike on dark and on light: no end of theirs is that of a background. */
const alike =
  /^(Spectral|RdYlGn|RdYlBu|RdGy|RdBu|PuOr|PiYG|BrBG|PRGn|Turbo|Rainbow|Sinebow|Cividis|Viridis|Magma|Inferno|Plasma|Warm|Cool|CubehelixDefault)$/;

/** The colours for values from `least` to `most`, where the options name no other bounds. */
export function cellColors(
  options: HeatmapColorOptions,
  least: number,
  most: number,
  theme: GrafanaTheme2,
): CellColors {
  const { min = least, max = most, steps = 64, exponent = 0.5, scale } = options;
  const palette = paletteOf(options, Math.max(2, steps), theme);
  const share = (value: number) => Math.min(1, Math.max(0, (value - min) / (max - min || 1)));
  const scaled = (value: number) => (scale === "exponential" ? share(value) ** exponent : share(value));
  const of = (value: number) => palette[Math.round(scaled(value) * (palette.length - 1))] ?? "transparent";
  return { palette, min, max, of };
}

function paletteOf(options: HeatmapColorOptions, steps: number, theme: GrafanaTheme2): string[] {
  const shares = Array.from({ length: steps }, (_, index) => index / (steps - 1));
  if (options.mode === "opacity") {
    const fill = theme.visualization.getColorByName(options.fill);
    return shares.map((share) => colorManipulator.alpha(fill, share));
  }
  const colour = (schemes as unknown as Record<string, (share: number) => string>)[
    `interpolate${options.scheme}`
  ];
  // What is least is nearest to the background.
  const inverted = theme.isDark && !alike.test(options.scheme);
  return shares.map((share) =>
    (colour ?? schemes.interpolateOranges)(options.reverse !== inverted ? 1 - share : share),
  );
}
