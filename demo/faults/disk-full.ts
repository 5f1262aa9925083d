import { percent, rounded } from "../../alerts/text";
import type { TourFault } from "./fault";
import type { SmallFileSystem } from "./small-file-system";

/**
 * A file system of a host becomes full, and is emptied.
 * @param disk the file system, or why there can be none, as a sentence
 * @param limit share of its space above which the alert fires
 */
export function diskFull(disk: SmallFileSystem | string, limit: number): TourFault {
  // Above the limit, and not to the last byte.
  const filled = rounded((1 + limit) / 2);
  const isThere = typeof disk !== "string";
  return {
    name: "disk",
    title: "Fill a disk",
    what:
      `A file system of 16 MB, made for this demo, is filled to ${percent(filled)}; more than ${percent(limit)} is too ` +
      "much. No other disk is touched.",
    ...(!isThere && { hindrance: disk }),
    alert: "HostFilesystemAlmostFull",
    severity: "critical",
    service: "node-exporter",
    ...(isThere && { labels: { mountpoint: disk.mountpoint } }),
    job: "node-exporter",
    says: [
      ...(isThere ? [`${disk.mountpoint} of docker-host is almost full`] : []),
      `% of the space is used; at most ${percent(limit)} may be`,
    ],
    silencesWarning: true,
    begin: () => {
      const since = Date.now();
      if (isThere) disk.fill(filled);
      return since;
    },
    mend: () => {
      if (isThere) disk.empty();
    },
  };
}
