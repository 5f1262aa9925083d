import { busiest, entry } from "../../services/programs";
import type { Demo } from "../demo";
import { diskFull } from "../faults/disk-full";
import { failing } from "../faults/failing";
import type { TourFault } from "../faults/fault";
import { killed } from "../faults/killed";
import { customersMissing } from "../faults/customers-missing";
import { slow, slowerThan } from "../faults/slow";
import { makeSmallFileSystem } from "../faults/small-file-system";
import type { Disturbance } from "../../services/customers/disturbance";
import { customers } from "../../services/traffic";

/** Share of the requests that fail, and of those that are slow, while they do. */
const share = 1 / 3;

const withoutTraffic = "There is no traffic (--no-traffic), and so nothing that could go wrong with it.";

/**
 * What can be broken on a demo.
 * @param disturbance what goes wrong with the demo's traffic; undefined where there is no traffic
 */
export function tourFaults(demo: Demo, disturbance: Disturbance | undefined): readonly TourFault[] {
  const { thresholds } = demo.environment.alerting;
  const answerMs = slowerThan(thresholds.latencyP95Critical);
  const disturb = (begin: (traffic: Disturbance) => void, mend: (traffic: Disturbance) => void) => ({
    begin: () => {
      if (disturbance) begin(disturbance);
      return Date.now();
    },
    mend: () => {
      if (disturbance) mend(disturbance);
    },
  });
  const withTraffic = [
    failing(busiest, {
      share,
      limit: thresholds.errorRatioCritical,
      ...disturb(
        (traffic) => {
          traffic.set(busiest, { errors: share });
        },
        (traffic) => {
          traffic.set(busiest, { errors: 0 });
        },
      ),
    }),
    slow(busiest, {
      share,
      answerMs,
      limit: thresholds.latencyP95Critical,
      ...disturb(
        (traffic) => {
          traffic.set(busiest, { slow: share, slowMs: answerMs });
        },
        (traffic) => {
          traffic.set(busiest, { slow: 0 });
        },
      ),
    }),
  ];
  const missing = customers
    ? [
        customersMissing(
          customers.absence,
          disturb(
            (traffic) => {
              traffic.staysAway = true;
            },
            (traffic) => {
              traffic.staysAway = false;
            },
          ),
        ),
      ]
    : [];
  const needsTraffic = (fault: TourFault): TourFault =>
    disturbance ? fault : { ...fault, hindrance: withoutTraffic };
  return [
    ...withTraffic.map(needsTraffic),
    killed(demo.program(entry)),
    ...missing.map(needsTraffic),
    diskFull(diskOf(demo), thresholds.filesystemUsedCritical),
  ].map((fault) => (fault.hindrance === undefined ? withPrograms(fault, demo) : fault));
}

/** The file system to fill, or why there is none. */
function diskOf({ folder, missing }: Demo) {
  const exporter = missing.find(({ name }) => name === "node-exporter");
  return exporter ? `node-exporter is missing. ${exporter.reason}` : makeSmallFileSystem(folder);
}

/** Without Prometheus nobody sees a fault. */
function withPrograms(fault: TourFault, { prometheus, missing }: Demo): TourFault {
  if (prometheus) return fault;
  const reason = missing.find(({ name }) => name === "prometheus")?.reason ?? "";
  return { ...fault, hindrance: `Prometheus is missing, which would see it. ${reason}` };
}
