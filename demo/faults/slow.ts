import { httpLatencyBuckets } from "../../metrics/http";
import { shareInWords, type Disturbing } from "./failing";
import { courseOfShare, type Span, type TourFault } from "./fault";

/** Share of the requests that the 95th percentile leaves above itself. */
const above95th = 0.05;

/**
 * How long an answer must take so that its bucket lies above a limit of the response time, in milliseconds: a tenth
 * more than the bucket's lower bound.
 * @param limit seconds
 */
export function slowerThan(limit: number): number {
  const bound = httpLatencyBuckets.find((each) => each >= limit) ?? limit;
  return Math.round(bound * 1_100);
}

/** A service answers a share of its requests slowly, and then fast. */
export function slow(
  service: string,
  {
    share,
    answerMs,
    limit,
    begin,
    mend,
  }: Disturbing & {
    /** Share of the requests that are slow, and how long these take. */
    readonly share: number;
    readonly answerMs: number;
    /** Seconds of the 95th percentile above which the alert fires. */
    readonly limit: number;
  },
): TourFault {
  const answer = answerMs / 1_000;
  return {
    name: "slow",
    title: "Slow answers",
    what:
      `${shareInWords(share)} the customers' requests to ${service} take ${String(answer)} s longer; the slowest ` +
      `5% may take ${String(limit)} s. Customers see it at the gateway, whose alert comes, too.`,
    alert: "HighLatency",
    severity: "critical",
    service,
    job: service,
    says: [`${service} is slow`, `The slowest 5% of the requests to ${service} took longer than`],
    silencesWarning: true,
    course: (range) => {
      const { onset, outlast } = courseOfShare(share, above95th, range);
      // What is slow is counted when it is answered.
      const answered = ({ least, most }: Span): Span => ({ least: least + answer, most: most + answer });
      return { onset: answered(onset), outlast: answered(outlast) };
    },
    begin,
    mend,
  };
}
