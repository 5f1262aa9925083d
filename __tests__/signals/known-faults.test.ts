import { receiversOf } from "../../alerts/routing/routes";
import { keyOf, type Signals } from "../../signals/model";
import { signalsOf } from "../../signals/signals";
import type { Watched } from "../../signals/watched";
import { watchedOf } from "../../stacks/system";
import { loadEnvironments } from "../support/environments";

/** A fault that people know, and the alerts or alarms of which one at least must tell somebody of it. */
const faults = {
  "all traffic stops": ["TrafficGone"],
  "Prometheus takes no samples any more": ["Watchdog"],
  "a disk is full": ["HostFilesystemAlmostFull", "LowDisk"],
  "the name of a service does not resolve": ["ProbeFailed"],
  "a certificate runs out": ["CertificateExpires"],
  "the host of the monitoring is gone": ["Watchdog"],
  "the alarms of AWS do not arrive": ["heartbeat AWS"],
} as const;
type Fault = keyof typeof faults;

const unpublished = {
  "the name of a service does not resolve": "no service is published",
  "a certificate runs out": "no service is published",
} as const;

/** Faults that an environment cannot have, or says that nobody is to be told of, and why. */
const excused: Readonly<Record<string, Partial<Record<Fault, string>>>> = {
  local: { ...unpublished, "the alarms of AWS do not arrive": "noHeartbeat" },
  dev: {
    ...unpublished,
    "Prometheus takes no samples any more": "noHeartbeat",
    "the host of the monitoring is gone": "noHeartbeat",
    "the alarms of AWS do not arrive": "noHeartbeat",
  },
  staging: { ...unpublished, "the alarms of AWS do not arrive": "noHeartbeat" },
};

/** Who is told by an alert, an alarm or a heartbeat of that name. */
function toldBy(watched: Watched, { producers, carriers }: Signals, name: string): readonly string[] {
  if (name === "heartbeat AWS") return producers.map(keyOf).filter((key) => key === name);
  const receivers = watched.alertLabels
    .filter(({ alertname }) => alertname === name)
    .flatMap((labels) => receiversOf(watched.routing, labels))
    .filter((receiver) => receiver !== "nobody");
  const topics = carriers
    .filter(({ from, tells }) => keyOf({ kind: "alarm", name }) in from && !tells.startsWith("nobody"))
    .map(keyOf);
  return [...new Set([...receivers, ...topics])];
}

describe.each(loadEnvironments(undefined).map((environment) => [environment.name, environment] as const))(
  "in %s",
  (name, environment) => {
    const watched = watchedOf(environment);
    const signals = signalsOf(watched);

    it.each(Object.keys(faults) as Fault[])("%s: somebody is told, or it is said why not", (fault) => {
      const told = faults[fault].flatMap((alert) => toldBy(watched, signals, alert));
      const excuse = excused[name]?.[fault];
      if (excuse === undefined) expect(told).not.toEqual([]);
      else expect(told).toEqual([]);
      if (excuse === unpublished["a certificate runs out"]) {
        expect(environment.services.filter(({ publicUrl }) => publicUrl !== undefined)).toEqual([]);
      }
      const { alerting, cloudwatch } = environment;
      const reasons = faults[fault].some((alert) => alert === "Watchdog")
        ? alerting.noHeartbeat
        : cloudwatch.noHeartbeat;
      if (excuse === "noHeartbeat") expect(reasons).toMatch(/\w/);
    });
  },
);
