import {
  formattedValueToString,
  PanelPlugin,
  VizOrientation,
  type FieldDisplay,
  type PanelProps,
} from "@grafana/data";
import type { Options } from "@grafana/schema/dist/esm/raw/composable/gauge/panelcfg/x/GaugePanelCfg_types.gen";
import { useTheme2, VizRepeater } from "@grafana/ui";
import { declareOptions } from "./declare";
import { coloredByThresholds, displayValues, reducedDefaults } from "./display-values";
import { legible } from "./legible";

/** The arc goes from lower left over the top to lower right, in degrees from the right, clockwise. */
const [startsAt, sweep] = [140, 260];

function point(share: number, radius: number): string {
  const angle = ((startsAt + sweep * share) * Math.PI) / 180;
  return `${String(50 + radius * Math.cos(angle))} ${String(50 + radius * Math.sin(angle))}`;
}

function arc(from: number, to: number, radius: number): string {
  const isLarge = (to - from) * sweep > 180 ? 1 : 0;
  return `M ${point(from, radius)} A ${String(radius)} ${String(radius)} 0 ${String(isLarge)} 1 ${point(to, radius)}`;
}

/** A value on an arc from its least to its greatest. */
function Dial({
  shown,
  width,
  height,
  isOneOfSeveral,
}: {
  readonly shown: FieldDisplay;
  readonly width: number;
  readonly height: number;
  /** Then its name stands below it. */
  readonly isOneOfSeveral: boolean;
}) {
  const { display, field } = shown;
  const theme = useTheme2();
  const [min, max] = [field.min ?? 0, field.max ?? 100];
  const share = (value: number) => Math.min(1, Math.max(0, (value - min) / (max - min || 1)));
  const text = formattedValueToString(display);
  const steps = field.thresholds?.mode === "percentage" ? [] : (field.thresholds?.steps ?? []);
  const at = isNaN(display.numeric) ? 0 : share(display.numeric);
  return (
    <svg
      width={width}
      height={height}
      viewBox="0 0 100 90"
      role="img"
      aria-label={`${display.title ?? ""} ${text}`}
    >
      <path d={arc(0, 1, 38)} className="gauge-track" />
      {at > 0 && <path d={arc(0, at, 38)} className="gauge-value" stroke={display.color} />}
      {steps.map(({ value, color }, index) => {
        const from = share(Math.max(min, value));
        const to = share(steps[index + 1]?.value ?? max);
        return to > from && <path key={index} d={arc(from, to, 46)} className="gauge-limit" stroke={color} />;
      })}
      <text
        x="50"
        y="56"
        textAnchor="middle"
        fontSize={Math.min(18, 90 / Math.max(3, text.length))}
        fill={legible(display.color, theme)}
      >
        {text}
      </text>
      {isOneOfSeveral && display.title && (
        <text x="50" y="86" textAnchor="middle" fontSize="8" fill="currentColor">
          {display.title}
        </text>
      )}
    </svg>
  );
}

function Gauge(props: PanelProps<Options>) {
  const { data, width, height, options, renderCounter } = props;
  return (
    <VizRepeater
      getValues={() => displayValues(props)}
      renderValue={({ value, width, height, count }) => (
        <Dial shown={value} width={width} height={height} isOneOfSeveral={count > 1} />
      )}
      width={width}
      height={height}
      source={data}
      autoGrid
      renderCounter={renderCounter}
      orientation={(options.orientation ?? "auto") as string as VizOrientation}
    />
  );
}

export const plugin = new PanelPlugin<Options>(Gauge)
  .useFieldConfig(coloredByThresholds)
  .setPanelOptions((builder) => declareOptions(builder, { ...reducedDefaults, orientation: "auto" }));
