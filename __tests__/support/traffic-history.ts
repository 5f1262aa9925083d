import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { requestRate } from "../../metrics/recorded";

const weekSeconds = 7 * 86_400;
const stepSeconds = 10;

/**
 * Writes the data of a Prometheus that has known, for a week and somewhat more, how many requests services get.
 * @param folder an empty one
 * @param perSecond requests a second of each service
 * @param speed how many times faster everything happens than deployed
 * @returns the folder of the data
 */
export function writeTrafficHistory(
  folder: string,
  perSecond: Readonly<Record<string, number>>,
  speed: number,
): string {
  const now = Math.floor(Date.now() / 1_000);
  const from = now - Math.ceil((1.1 * weekSeconds) / speed);
  const count = Math.floor((now - from) / stepSeconds);
  const lines = Object.entries(perSecond).flatMap(([service, rate]) =>
    Array.from(
      { length: count },
      (_, index) =>
        `${requestRate.name}{service="${service}"} ${String(rate)} ${String(from + index * stepSeconds)}`,
    ),
  );
  const [file, data] = [join(folder, "history.txt"), join(folder, "data")];
  writeFileSync(file, `${lines.join("\n")}\n# EOF\n`);
  const args = ["tsdb", "create-blocks-from", "openmetrics", file, data];
  const { status, stderr } = spawnSync("promtool", args, { encoding: "utf8", timeout: 120_000 });
  if (status !== 0) throw new Error(stderr);
  return data;
}
