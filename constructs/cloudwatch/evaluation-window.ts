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
