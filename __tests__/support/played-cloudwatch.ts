import type { MetricAlarm } from "@aws-sdk/client-cloudwatch";
import type { MetricFilter } from "@aws-sdk/client-cloudwatch-logs";
import type { AwsAccountReader } from "./aws-account";
import type { StoredLine } from "./log-lines";

/** The one kind of filter patterns that is known here: a number in a line of JSON, at least so much. */
const atLeast = /^\{ \$\.(\w+) >= (\d+) \}$/;

/**
 * What CloudWatch does and its emulator does not: it counts the lines that match a metric filter, compares the sum of each
 * period with an alarm's threshold at the period's end, and sends what comes of it to the alarm's actions.
 */
export class PlayedCloudWatch {
  /** @param filter and @param alarm as they are in the account */
  constructor(
    private readonly account: AwsAccountReader,
    private readonly filter: MetricFilter,
    private readonly alarm: MetricAlarm,
  ) {
    const { EvaluationPeriods, Statistic, ComparisonOperator, MetricName, Namespace } = alarm;
    const [written] = filter.metricTransformations ?? [];
    if (written?.metricName !== MetricName || written?.metricNamespace !== Namespace)
      throw new Error("The alarm does not read what the filter writes.");
    if (EvaluationPeriods !== 1 || Statistic !== "Sum" || !/^GreaterThan/.test(ComparisonOperator ?? ""))
      throw new Error("An alarm like this is not known here.");
    if (!atLeast.test(filter.filterPattern ?? "")) throw new Error("A pattern like this is not known here.");
  }

  /** Milliseconds of one period. */
  get periodMs(): number {
    return (this.alarm.Period ?? 0) * 1_000;
  }

  /** The sum of a period, of the lines that arrived in it. */
  private sum(lines: readonly StoredLine[], from: number): number {
    return lines.filter(({ at, text }) => at >= from && at < from + this.periodMs && this.matches(text))
      .length;
  }

  /** Evaluates the alarm on a period, and tells its actions where it is over the threshold. Whether it is. */
  async evaluate(lines: readonly StoredLine[], from: number): Promise<boolean> {
    const { Threshold = NaN, ComparisonOperator, AlarmActions = [], AlarmName } = this.alarm;
    const sum = this.sum(lines, from);
    const isOver = ComparisonOperator === "GreaterThanThreshold" ? sum > Threshold : sum >= Threshold;
    if (isOver) {
      const message = { AlarmName, NewStateValue: "ALARM" };
      for (const action of AlarmActions) await this.account.publish(action, "ALARM", message);
    }
    return isOver;
  }

  private matches(text: string): boolean {
    const [, key = "", least = ""] = atLeast.exec(this.filter.filterPattern ?? "") ?? [];
    try {
      const value = (JSON.parse(text) as Record<string, unknown>)[key];
      return typeof value === "number" && value >= Number(least);
    } catch {
      return false;
    }
  }
}
