import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ManagedProcess } from "../../demo/processes";
import { freePort } from "../../operations/loopback-port";

/** Starts a Prometheus on the data of a folder, which takes more by remote write. */
export async function startOnDays(
  folder: string,
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  mkdirSync(join(folder, "data"), { recursive: true });
  writeFileSync(join(folder, "prometheus.yml"), "{}");
  const url = `http://127.0.0.1:${String(await freePort())}`;
  const server = new ManagedProcess({
    name: "prometheus",
    command: "prometheus",
    args: [
      `--config.file=${join(folder, "prometheus.yml")}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      `--web.listen-address=${new URL(url).host}`,
      "--web.enable-remote-write-receiver",
      // These days are long ago.
      "--storage.tsdb.retention.time=100y",
      // A day is taken at once, and then what is recorded of it.
      "--storage.tsdb.min-block-duration=48h",
      "--storage.tsdb.max-block-duration=384h",
    ],
  });
  await server.healthy(`${url}/-/ready`, 120_000);
  return { url, stop: async () => void (await server.stop()) };
}
