import { setTimeout as sleep } from "node:timers/promises";
import {
  makeSmallFileSystem,
  noSmallFileSystem,
  type SmallFileSystem,
} from "../../../demo/faults/small-file-system";
import { ManagedProcess } from "../../../demo/processes";
import { freePort } from "../../../operations/loopback-port";
import { alertmanagerProgram } from "../../support/alertmanager";
import { nodeExporterProgram, prometheusProgram } from "../../support/programs";
import { describeUnless, describeWith } from "../../support/require-program";
import { temporaryFolder } from "../../support/temporary-folder";
import { ToldAlerts } from "../../support/told-alerts";

/** All times of rules, scrapes and routes are divided by it. */
const speed = 15;
const receiver = "slack-critical";
const programs = [prometheusProgram, alertmanagerProgram, nodeExporterProgram];

jest.setTimeout(400_000);

describeUnless(noSmallFileSystem(), "who is told of two machines", () => {
  describeWith(programs, "by a real Prometheus and Alertmanager", () => {
    const newFolder = temporaryFolder();
    let disk: SmallFileSystem;
    let first: ManagedProcess;
    let second: ManagedProcess;
    let alerts: ToldAlerts;

    beforeAll(async () => {
      const made = makeSmallFileSystem();
      if (typeof made === "string") throw new Error(made);
      disk = made;
      const [one, two] = [await freePort(), await freePort()];
      // No file system on the one, and the small one alone on the other.
      first = exporter(one, "--collector.filesystem.fs-types-exclude=.*");
      second = exporter(two, `--collector.filesystem.mount-points-include=${disk.mountpoint}$`);
      const target = (port: number, instance: string) => ({
        targets: [`127.0.0.1:${String(port)}`],
        labels: { environment: "local", instance },
      });
      const machines = [target(one, "docker-host"), target(two, "db-1")];
      alerts = await ToldAlerts.start(speed, newFolder(), [
        { job_name: "node-exporter", static_configs: machines },
      ]);
      await alerts.prometheus.allUp(60_000);
      // Until the ranges of the rules have what they need.
      await sleep(25_000);
    });

    afterAll(async () => {
      await alerts.stop();
      await Promise.all([first.stop(), second.stop()]);
      disk.unmount();
    });

    function exporter(port: number, flag: string): ManagedProcess {
      const address = `--web.listen-address=127.0.0.1:${String(port)}`;
      return new ManagedProcess({
        name: "node-exporter",
        command: nodeExporterProgram.name,
        args: [address, flag],
      });
    }

    it("is told once of the machine that is gone, and once of the disk that is full on the other", async () => {
      const before = Date.now();
      await first.stop();
      const down = await alerts.told(receiver, "HostDown", "firing", before);
      const filled = Date.now();
      disk.fill(0.98);
      const full = await alerts.told(receiver, "HostFilesystemAlmostFull", "firing", filled);
      // What else there is comes when the groups are told the next time.
      await sleep((6 * 60_000) / speed);
      const [ofDown, ofDisk] = await Promise.all(
        ["HostDown", "HostFilesystemAlmostFull"].map((alert) => alerts.messages(receiver, alert, "firing")),
      );
      expect(ofDown?.map(({ text }) => /docker-host|db-1/.exec(text)?.[0])).toEqual(["docker-host"]);
      expect(ofDisk?.map(({ text }) => /docker-host|db-1/.exec(text)?.[0])).toEqual(["db-1"]);
      process.stderr.write(
        `${receiver} was told in minutes of real time: a machine gone after ${down.toFixed(1)}, a disk full after ` +
          `${full.toFixed(1)}\n`,
      );
      // Three minutes and the wait of the group; of the disk the rule waits for as long as it says.
      expect(down).toBeGreaterThan(3);
      expect(down).toBeLessThan(8);
    });
  });
});
