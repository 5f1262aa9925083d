import type { Configuration } from "../../alertmanager/configuration";
import { readConfiguration } from "../../alertmanager/configuration";
import type { Told } from "../../alertmanager/notification";
import { replayAlertmanager } from "../../alertmanager/replay";
import type { Past } from "../../past/past";
import { type OnProgress, replayVersions, type Replayed } from "../../replay/replay-versions";
import type { Version } from "../../version/version";

/** What a version would have fired, and whom it would have told. */
export interface Outcome {
  readonly version: Version;
  readonly configuration: Configuration;
  readonly replayed: Replayed;
  readonly told: Told;
}

/** A time of the past, in milliseconds of Unix time; both ends are in it. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * What versions would have fired and told in a time of the past.
 * @throws ConfigurationError for a configuration that Alertmanager refuses
 */
export async function outcomesOf(
  versions: readonly Version[],
  past: Past,
  range: Range,
  onProgress?: OnProgress,
): Promise<readonly Outcome[]> {
  const configurations = versions.map(({ alertmanager, name }) => readConfiguration(alertmanager, name));
  const replayed = await replayVersions(versions, past, { ...range, onProgress });
  return versions.flatMap((version, index) => {
    const [of, configuration] = [replayed[index], configurations[index]];
    if (of === undefined || configuration === undefined) return [];
    return [
      { version, configuration, replayed: of, told: replayAlertmanager(of.firings, configuration, range) },
    ];
  });
}
