import type { Problems } from "./props-error";

/** Notes a threshold in percent at which an alarm would never or always be off. */
export function checkPercent(prop: string, value: number, problems: Problems): void {
  problems.expect(value > 0 && value < 100, prop, value, "a number of percent above 0 and below 100");
}

/** How long a value must be over its threshold, in words. */
export function evaluationWindow(props: {
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm?: number;
}): string {
  const { periodSeconds, evaluationPeriods, datapointsToAlarm = evaluationPeriods } = props;
  const periods = `${String(evaluationPeriods)} ${evaluationPeriods === 1 ? "period" : "periods"} of ${String(periodSeconds)} s`;
  return datapointsToAlarm < evaluationPeriods ? `${String(datapointsToAlarm)} of ${periods}` : periods;
}
