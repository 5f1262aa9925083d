import type { Environment } from "../../environments";

/** Slow answers that are asked for take 750 ms. How busy the machine is that runs the tests is not looked at. */
export function environmentOfFaults(local: Environment): Environment {
  const thresholds = {
    ...local.alerting.thresholds,
    latencyP95Warning: 0.25,
    latencyP95Critical: 0.6,
    hostCpu: 0.9999,
    hostLoadPerCore: 100,
    hostMemory: 0.9999,
    hostSwap: 0.9999,
    hostMajorPageFaults: 1_000_000,
    hostClockOffset: 60,
    hostFileDescriptors: 0.9999,
    hostNetworkErrors: 0.9999,
  };
  // Of an hour: the history that is sent first is in the shortest long window all the time.
  const objectives = { ...local.alerting.objectives, windowDays: 30 };
  return { ...local, alerting: { ...local.alerting, thresholds, objectives } };
}

/** How full the file systems of the machine are is not looked at, either. */
export const nodeExporterFlags = {
  "collector.filesystem.fs-types-exclude": "^(ext[34]|xfs|btrfs|zfs|f2fs|vfat|9p|virtiofs)$",
};
