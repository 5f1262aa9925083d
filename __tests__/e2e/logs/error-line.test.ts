import { setTimeout as sleep } from "node:timers/promises";
import { CloudWatchStack } from "../../../stacks/cloudwatch-stack";
import { CloudWatchRun } from "../../support/cloudwatch-run";
import { describeOnEmulatedAws } from "../../support/cloudwatch-e2e";
import { ContainerFile } from "../../support/container-file";
import { edited } from "../../support/edit";
import { parseEnvironment } from "../../support/environments";
import { staging } from "../../support/environments/staging";
import { LogGroupReader } from "../../support/log-lines";
import { RunningLogShipper } from "../../support/log-shipper";
import { PlayedCloudWatch } from "../../support/played-cloudwatch";
import { fluentBitProgram } from "../../support/programs";
import { describeWhereThereIs } from "../../support/require-program";
import { certificateFor, openssl } from "../../support/server-certificate";
import { temporaryFolder } from "../../support/temporary-folder";
import { UnreliableAws } from "../../support/unreliable-aws";
import { until } from "../../support/until";

const container = "order-service";
const queueArn = "arn:aws:sqs:eu-central-1:123456789012:monitoring-alarms";
const errorLine = { level: 50, msg: "order lost", trace_id: "4bf92f3577b34da6a3ce929d0e0e4736" };

jest.setTimeout(400_000);

/** Its alarm on error lines looks at each minute. */
const environment = parseEnvironment(
  edited(
    staging,
    ["cloudwatch.alarms.errorLines.periodSeconds", 60],
    ["cloudwatch.alarms.errorLines.count", 3],
    [
      "cloudwatch.subscriptions",
      { critical: [{ protocol: "sqs", queueArn }], warning: [{ protocol: "sqs", queueArn }] },
    ],
  ),
  "staging.ts",
);
const { project, name, aws } = environment;
const logGroupName = `/${project}/${name}/services`;

describeWhereThereIs([fluentBitProgram, openssl], "an error line", () => {
  describeOnEmulatedAws("from a container to whoever is told", (emulated) => {
    const newFolder = temporaryFolder();
    const file = new ContainerFile(newFolder(), container);
    let run: CloudWatchRun;
    let front: UnreliableAws;
    let shipper: RunningLogShipper;
    let group: LogGroupReader;
    let queueUrl: string;

    beforeAll(async () => {
      const { moto, plugin } = emulated();
      const options = { moto, region: aws.region, endpointFromStack: false };
      run = new CloudWatchRun((app) => new CloudWatchStack(app, environment), plugin, options);
      await run.terraform.init();
      await run.terraform.apply();
      queueUrl = await run.account.createQueue(queueArn.replace(/.*:/, ""));
      front = new UnreliableAws(moto.url, certificateFor(2, newFolder()));
      const port = await front.listen();
      group = new LogGroupReader(moto.url, aws.region, logGroupName);
      shipper = await RunningLogShipper.start(newFolder(), {
        containersFolder: file.folder,
        waitingMb: 16,
        cloudWatch: { region: aws.region, logGroupName, emulator: { host: "127.0.0.1", port } },
      });
      file.write([{ level: 30, msg: "ready" }]);
      await until(async () => (await group.lines(container)).length === 1);
    });

    afterAll(async () => {
      await shipper.stop();
      await front.close();
      group.close();
      // All else goes with the emulator.
      run.remove();
    });

    it("is told once, at the end of its period, and lines that are no errors are not", async () => {
      const [filter] = await run.account.metricFilters();
      const alarm = (await run.account.alarms()).find(({ AlarmName = "" }) =>
        AlarmName.endsWith("-error-lines"),
      );
      if (!filter || !alarm) throw new Error("There is no filter, or no alarm, of error lines.");
      const cloudWatch = new PlayedCloudWatch(run.account, filter, alarm);
      const { periodMs } = cloudWatch;
      const start = (at: number) => Math.floor(at / periodMs) * periodMs;
      // One that is read is there again after a while, under its id.
      const told = new Map<string, unknown>();
      const read = async () => {
        for (const body of await run.account.messages(queueUrl)) {
          const { MessageId, Message } = JSON.parse(body) as { MessageId: string; Message: string };
          told.set(MessageId, JSON.parse(Message));
        }
        return [...told.values()];
      };
      const atEnd = async (from: number) => {
        await sleep(from + periodMs - Date.now());
        return cloudWatch.evaluate(await group.lines(container), from);
      };

      // Early in a period, so that all of them are in it.
      const first = start(Date.now()) + periodMs;
      await sleep(first + 1_000 - Date.now());
      const since = Date.now();
      file.write(Array.from({ length: 4 }, (_, n) => ({ ...errorLine, n })));
      file.write(Array.from({ length: 50 }, (_, n) => ({ level: 30, msg: "all well", n })));
      await until(async () => (await group.lines(container)).length === 55);
      const arrived = Date.now() - since;
      expect(await atEnd(first)).toBe(true);
      await until(async () => (await read()).length > 0);
      const seconds = (Date.now() - since) / 1_000;

      file.write(Array.from({ length: 50 }, (_, n) => ({ level: 40, msg: "slow", n })));
      expect(await atEnd(first + periodMs)).toBe(false);
      expect(await read()).toEqual([{ AlarmName: alarm.AlarmName, NewStateValue: "ALARM" }]);
      process.stderr.write(
        `An error line was in the log group after ${(arrived / 1_000).toFixed(1)} s, and its alarm in the queue after ` +
          `${seconds.toFixed(1)} s, of which ${String(periodMs / 1_000)} s are the alarm's period\n`,
      );
      expect(arrived).toBeLessThan(30_000);
    });
  });
});
