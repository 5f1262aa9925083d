import type { ReadVersion } from "../../version/version";
import type { World } from "../series/world";
import { readAlertmanager, type AlertMatcher, type AlertmanagerFile } from "./alertmanager-file";
import { labelledAlerts, type LabelledAlert } from "./labelled-alerts";

/** A configuration of others, with the file that it is in. */
export interface ForeignAlertmanager {
  readonly file: string;
  readonly configuration: AlertmanagerFile;
}

/** A version as its messages are made: its alerts with their labels, and who gets them. */
export interface MessageSide {
  readonly version: ReadVersion;
  readonly world: World;
  readonly alerts: readonly LabelledAlert[];
  readonly configuration: AlertmanagerFile;
}

/** @throws Error when the version's configuration of Alertmanager cannot be read */
export function messageSide(version: ReadVersion, world: World): MessageSide {
  return {
    version,
    world,
    alerts: labelledAlerts(world, version.externalLabels),
    configuration: readAlertmanager(version.alertmanager),
  };
}

/** A configuration that reads the alerts of a version: its own, or one of others. */
export interface ReadingFile {
  /** "" for the version's own. */
  readonly file: string;
  readonly configuration: AlertmanagerFile;
}

/** The version's own configuration and those of others. */
export function readingFiles(
  { configuration }: MessageSide,
  foreign: readonly ForeignAlertmanager[],
): readonly ReadingFile[] {
  return [{ file: "", configuration }, ...foreign];
}

/** Where something in a configuration stands. */
export function placeIn(file: string, place: string): string {
  return `${file === "" ? "Alertmanager" : file} › ${place}`;
}

/** What a reader in a configuration is: one of others is foreign. */
export function whereIn(file: string, where: string): string {
  return file === "" ? where : `foreign ${where}`;
}

/** Matchers as they are written. */
export function matchersInWords(matchers: readonly AlertMatcher[]): string {
  return matchers.map(({ label, operator, value }) => `${label}${operator}"${value}"`).join(", ");
}
