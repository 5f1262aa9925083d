import { setTimeout as sleep } from "node:timers/promises";
import { logShipper } from "../../../constructs/docker/log-shipper";
import { alertmanagerProgram } from "../../support/alertmanager";
import { LogGroupReader } from "../../support/log-lines";
import { ContainerFile } from "../../support/container-file";
import { RunningLogShipper } from "../../support/log-shipper";
import { type Moto, motoServer, startMoto } from "../../support/moto";
import { fluentBitProgram, prometheusProgram } from "../../support/programs";
import { describeWhereThereIs, describeWith } from "../../support/require-program";
import { certificateFor, openssl } from "../../support/server-certificate";
import { temporaryFolder } from "../../support/temporary-folder";
import { UnreliableAws } from "../../support/unreliable-aws";
import { ToldAlerts } from "../../support/told-alerts";
import { until } from "../../support/until";

/** All times of rules, scrapes and routes are divided by it. */
const speed = 15;
const region = "eu-central-1";
const logGroupName = "/shop/local/services";
const newFolder = temporaryFolder();
const receiver = "slack-team";

jest.setTimeout(400_000);

describeWhereThereIs([fluentBitProgram], "who is told of log lines that do not arrive", () => {
  describeWith(
    [prometheusProgram, alertmanagerProgram, motoServer, openssl],
    "by a real Prometheus and Alertmanager",
    suite,
  );
});

function suite(): void {
  const container = new ContainerFile(newFolder());
  let written = 0;
  const lines = (many: number, padding = "") =>
    Array.from({ length: many }, () => ({ level: 30, n: written++, padding }));
  let moto: Moto;
  let aws: UnreliableAws;
  let group: LogGroupReader;
  let shipper: RunningLogShipper;
  let alerts: ToldAlerts;
  let steady: NodeJS.Timeout;

  const messages = (alert: string, status: "firing" | "resolved") => alerts.messages(receiver, alert, status);
  const told = (alert: string, status: "firing" | "resolved", since: number) =>
    alerts.told(receiver, alert, status, since);

  beforeAll(async () => {
    moto = await startMoto();
    aws = new UnreliableAws(moto.url, certificateFor(2, newFolder()));
    const port = await aws.listen();
    group = new LogGroupReader(moto.url, region, logGroupName);
    await group.create();
    shipper = await RunningLogShipper.start(newFolder(), {
      containersFolder: container.folder,
      waitingMb: 16,
      cloudWatch: { region, logGroupName, emulator: { host: "127.0.0.1", port } },
    });
    steady = setInterval(() => {
      container.write(lines(10));
    }, 100);

    const { host, pathname } = new URL(shipper.metricsUrl);
    const job = { job_name: logShipper.name, metrics_path: pathname, static_configs: [{ targets: [host] }] };
    alerts = await ToldAlerts.start(speed, newFolder(), [job]);
    await until(async () => (await group.lines("order-service")).length > 0);
    // Until the ranges of the rules have what they need.
    await sleep(25_000);
  });

  afterAll(async () => {
    clearInterval(steady);
    await alerts.stop();
    await shipper.stop();
    await aws.close();
    await moto.stop();
    group.close();
  });

  it("is told once that AWS takes none, once that some are lost, and once of each end", async () => {
    expect([
      ...(await messages("LogLinesNotSent", "firing")),
      ...(await messages("LogLinesLost", "firing")),
    ]).toEqual([]);
    aws.condition = "away";
    const notSent = await told("LogLinesNotSent", "firing", Date.now());
    expect(await messages("LogLinesLost", "firing")).toEqual([]);

    const flooded = Date.now();
    container.write(lines(40_000, "x".repeat(1_000)));
    const lost = await told("LogLinesLost", "firing", flooded);
    expect(await shipper.metric("fluentbit_output_dropped_records_total")).toBeGreaterThan(0);

    aws.condition = "well";
    const back = Date.now();
    const sentAgain = await told("LogLinesNotSent", "resolved", back);
    const noMoreLost = await told("LogLinesLost", "resolved", back);
    const counts = await Promise.all(
      ["LogLinesNotSent", "LogLinesLost"].flatMap((alert) =>
        (["firing", "resolved"] as const).map(async (status) => (await messages(alert, status)).length),
      ),
    );
    expect(counts).toEqual([1, 1, 1, 1]);
    const minutes = [notSent, lost, sentAgain, noMoreLost].map((each) => each.toFixed(1));
    process.stderr.write(
      `${receiver} was told in minutes of real time: none sent after ${String(minutes[0])}, lost after ` +
        `${String(minutes[1])}; sent again after ${String(minutes[2])}, none lost any more after ${String(minutes[3])}\n`,
    );
    // The condition holds for ten minutes after the range of five, and the group waits.
    expect(notSent).toBeGreaterThan(10);
    expect(notSent).toBeLessThan(22);
    expect(lost).toBeLessThan(8);
  });
}
