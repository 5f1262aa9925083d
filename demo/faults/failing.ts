import { percent } from "../../alerts/text";
import { courseOfShare, type Fault, type TourFault } from "./fault";

/** How requests to a service are made to go wrong, and well again. */
export type Disturbing = Pick<Fault, "begin" | "mend">;

/** A service answers a share of its requests with 500, and then well. */
export function failing(
  service: string,
  {
    share,
    limit,
    begin,
    mend,
  }: Disturbing & {
    /** Share of the customers' requests that fail, and share of all requests above which the alert fires. */
    readonly share: number;
    readonly limit: number;
  },
): TourFault {
  return {
    name: "failing",
    title: `${shareInWords(share)} the requests fail`,
    what:
      `${shareInWords(share)} the customers' requests to ${service} are answered with 500; more than ` +
      `${percent(limit)} of all is too much. Customers see it at the gateway, whose alert comes, too.`,
    alert: "HighErrorRatio",
    severity: "critical",
    service,
    job: service,
    says: [`${service} answers with errors`],
    silencesWarning: true,
    course: (range) => courseOfShare(share, limit, range),
    begin,
    mend,
  };
}

/** "A third of", "All of", "40% of". */
export function shareInWords(share: number): string {
  const words: Readonly<Record<string, string>> = { "1": "All of", "0.5": "Half of" };
  return Math.abs(share - 1 / 3) < 0.001 ? "A third of" : (words[String(share)] ?? `${percent(share)} of`);
}
