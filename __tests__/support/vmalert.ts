import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { alertKey } from "./alert-spans";
import { storedSeries } from "./stored-series";

/** What vmalert replays, and where. */
export interface VmalertReplay {
  /** YAML by the name of the file, with alerting rules alone. */
  readonly ruleFiles: Readonly<Record<string, string>>;
  /** Time between two evaluations of a group that names none, such as `15s`. */
  readonly evaluationInterval: string;
  /** Seconds of Unix time. */
  readonly from: number;
  readonly to: number;
  /** URL of the Prometheus whose samples are read. */
  readonly source: string;
  /** URL of one that takes what vmalert writes, however old it is. */
  readonly target: string;
}

/**
 * Runs `vmalert -replay` and reads what it wrote.
 * @param folder an empty one, for its files
 * @returns evaluations at which each alert fired, in milliseconds, by the alert's labels
 * @throws Error with its last lines, where it fails
 */
export async function vmalertReplay(
  { ruleFiles, evaluationInterval, from, to, source, target }: VmalertReplay,
  folder: string,
): Promise<ReadonlyMap<string, readonly number[]>> {
  for (const [name, text] of Object.entries(ruleFiles)) writeFileSync(join(folder, name), text);
  const time = (seconds: number) => new Date(seconds * 1_000).toISOString();
  await ended("vmalert", [
    `-rule=${join(folder, "*")}`,
    `-datasource.url=${source}`,
    `-remoteWrite.url=${target}`,
    // In order, and nothing is dropped.
    "-remoteWrite.concurrency=1",
    "-remoteWrite.maxQueueSize=10000000",
    `-evaluationInterval=${evaluationInterval}`,
    `-replay.timeFrom=${time(from)}`,
    `-replay.timeTo=${time(to)}`,
    // As many points as one answer of Prometheus may have.
    "-replay.maxDatapointsPerQuery=10999",
    // No rule reads what another one writes.
    "-replay.rulesDelay=0s",
    "-replay.disableProgressBar",
    // Prometheus's rules have no such label.
    "-disableAlertgroupLabel",
    "-rule.validateExpressions=false",
    "-rule.validateTemplates=false",
    "-httpListenAddr=127.0.0.1:0",
    "-loggerLevel=WARN",
  ]);
  const written = await storedSeries(target, from - 1, to);
  const firing = written.filter(
    ({ labels }) => labels.__name__ === "ALERTS" && labels.alertstate === "firing",
  );
  return new Map(firing.map(({ labels, times }) => [alertKey(labels), [...times]]));
}

function ended(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], timeout: 300_000 });
    let printed = "";
    const take = (text: string) => {
      printed = (printed + text).slice(-4_000);
    };
    child.stdout.setEncoding("utf8").on("data", take);
    child.stderr.setEncoding("utf8").on("data", take);
    child.once("error", reject);
    child.once("close", (status, signal) => {
      if (status === 0) resolve();
      else reject(new Error(`${command} ended with ${String(status ?? signal)}:\n${printed}`));
    });
  });
}
