import { type AnyAlarmKind, ownSettings } from "../../constructs/cloudwatch/alarm-kind";
import { evaluation } from "../../constructs/cloudwatch/settings";

/** Values of which most schemas of settings take one. */
const candidates: readonly unknown[] = [undefined, 300, 50, 1, true, "a", "missing", {}, []];

/** Something right to say of an alarm of any kind: its settings, periods and what missing data means. */
export function sampleSettings({ settings }: AnyAlarmKind): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries({ ...evaluation, ...settings }).map(([prop, schema]) => {
      const parsed = candidates.map((value) => schema.safeParse(value)).find(({ success }) => success);
      if (!parsed) throw new Error(`No sample is right for ${prop}: add one to the candidates.`);
      return [prop, prop === "evaluationPeriods" ? 2 : parsed.data];
    }),
  );
}

/** The same as an environment says it: without a threshold that is said in common with Prometheus's alerts. */
export function sampleOwnSettings(kind: AnyAlarmKind): Readonly<Record<string, unknown>> {
  return sampleSettings({ ...kind, settings: ownSettings(kind) });
}
