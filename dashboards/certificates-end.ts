import { sub, time, type Vector } from "../metrics/promql";
import { statPanel } from "./panels";
import type { DashboardSettings } from "./settings";

const daySeconds = 86_400;

/** When the certificates end that probes were shown. */
interface CertificatesEnd extends Pick<DashboardSettings, "thresholds"> {
  readonly title: string;
  readonly description: string;
  /** Unix time at which the first certificate of each service ends. */
  readonly ends: Vector<"service">;
  /** Columns of the grid. */
  readonly span: number;
}

/** Time until certificates end, by service, coloured by the alerts' thresholds. */
export function certificatesEnd({ title, description, ends, span, thresholds }: CertificatesEnd) {
  return statPanel({
    title,
    description,
    unit: "s",
    span,
    queries: {
      "{{service}}": sub(ends, time()),
    },
    limits: {
      bad: "below",
      warning: thresholds.certificateDaysWarning * daySeconds,
      critical: thresholds.certificateDaysCritical * daySeconds,
    },
    noValue: "No certificate",
  });
}
