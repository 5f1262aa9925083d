import { setTimeout as sleep } from "node:timers/promises";
import type { Demo } from "../../../demo/demo";
import { noSmallFileSystem, SmallFileSystem } from "../../../demo/faults/small-file-system";
import type { PrometheusClient } from "../../../operations/clients/prometheus-client";
import { groupPhases } from "../../../review/past/group-phase";
import { PrometheusPast } from "../../../review/past/prometheus-past";
import { compareFirings, type Compared } from "../../support/compared-firings";
import { compareMessages } from "../../support/compared-messages";
import { environmentOfFaults, nodeExporterFlags } from "../../support/fault-environment";
import { faultNames, plannedRound, playRound } from "../../support/fault-round";
import { rawSamples, recordedFirings } from "../../support/recorded-firings";
import {
  filesOfDemo,
  groupIntervals,
  replayedMessages,
  replayedRules,
  withoutRecords,
} from "../../support/replayed-demo";
import { describeWithDemo } from "../../support/require-program";
import { startTestDemo } from "../../support/test-demo";

const speed = 15;
const minutes = (count: number) => (count * 60_000) / speed;

/** The first round has all faults; the others have some, which may be over before anybody is told, and may be one alone. */
const rounds = Number(process.env.REVIEW_ROUNDS ?? "1");
const firstSeed = Number(process.env.REVIEW_SEED ?? String(Date.now() % 1_000_000));

jest.setTimeout(600_000);

const noDisk = noSmallFileSystem();
if (noDisk !== "") process.stderr.write(`SKIPPED the full disk: ${noDisk}\n`);

const heartbeat = "heartbeat";

describeWithDemo("the replay of what a demo has recorded, beside what its programs did", () => {
  for (let round = 1; round <= rounds; round += 1)
    describe(`round ${String(round)}`, () => {
      const seed = firstSeed + round - 1;
      let demo: Demo;
      let disk: SmallFileSystem | undefined;
      let prometheus: PrometheusClient;
      let past: PrometheusPast;

      const say = (what: string, { compared, differing }: Compared) =>
        process.stdout.write(
          `Round ${String(round)}: ${what}: ${String(compared)} compared, ${String(differing.length)} differing.\n`,
        );

      beforeAll(async () => {
        disk = noDisk === "" ? new SmallFileSystem() : undefined;
        demo = await startTestDemo({
          ports: "free",
          environment: environmentOfFaults,
          speed,
          flags: { "node-exporter": nodeExporterFlags },
        });
        if (demo.prometheus === undefined) throw new Error("Prometheus does not run.");
        prometheus = demo.prometheus;
        await prometheus.allUp(60_000);
        const names = faultNames.filter((name) => name !== "disk full" || disk !== undefined);
        const planned = plannedRound(seed, names, round === 1 ? "all" : "some");
        const words = planned.map(
          ({ name, startMs, lengthMs }) =>
            `${name} from ${String(startMs / 1_000)} s for ${String(lengthMs / 1_000)} s`,
        );
        process.stdout.write(`Round ${String(round)}: REVIEW_SEED=${String(seed)}: ${words.join("; ")}\n`);
        await playRound(demo, planned, disk);
        // Until most is over, and told to be over. Nothing is silenced.
        await sleep(minutes(9));
        past = await PrometheusPast.of(prometheus.url, minutes(120));
      });
      afterAll(async () => {
        await demo.stop();
        disk?.unmount();
      });

      /** What Prometheus has recorded of its alerts, with the labels that they have outside of it. */
      async function recorded() {
        const { version } = filesOfDemo(demo);
        const groups = await prometheus.ruleGroups();
        const seconds = new Map(
          groups.flatMap(({ interval, rules }) => rules.map(({ name }) => [name, interval] as const)),
        );
        const intervalOf = ({ alertname = "" }: Readonly<Record<string, string>>) =>
          (seconds.get(alertname) ?? 0) * 1_000;
        const firings = await recordedFirings(prometheus, past, intervalOf);
        return firings.map((each) => ({ ...each, labels: { ...version.externalLabels, ...each.labels } }));
      }

      it("evaluates each group when Prometheus does", async () => {
        const phase = await groupPhases();
        const differing: string[] = [];
        let compared = 0;
        for (const { file, name, interval, rules } of await prometheus.ruleGroups()) {
          const expected = phase({ file, name }, interval * 1_000);
          for (const rule of rules) {
            const selector =
              rule.type === "recording" ? rule.name : `ALERTS{alertname=${JSON.stringify(rule.name)}}`;
            if (rules.filter((each) => each.name === rule.name).length > 1) continue;
            const isElsewhere = (await prometheus.ruleGroups()).some(
              (group) => group.name !== name && group.rules.some((each) => each.name === rule.name),
            );
            if (isElsewhere) continue;
            const times = (await rawSamples(prometheus, selector, past)).flatMap((each) => each.times);
            compared += times.length;
            const wrong = times.filter((time) => time % (interval * 1_000) !== expected);
            if (wrong.length > 0)
              differing.push(`${name} ${rule.name}: ${String(wrong[0])}, expected ${String(expected)}`);
          }
        }
        say("times of evaluations", { compared, differing });
        expect(compared).toBeGreaterThan(1_000);
        expect(differing).toEqual([]);
      });

      it.each([
        ["as they were recorded", (all: PrometheusPast) => all],
        ["computed anew", withoutRecords],
      ])("fires the same alerts with recorded series %s", async (how, changed) => {
        const replayed = await replayedRules(filesOfDemo(demo), changed(past));
        const compared = compareFirings(replayed.firings, await recorded(), past);
        say(`firings, recorded series ${how}`, compared);
        expect(replayed.notReplayed.map(({ rule, why }) => `${rule.name}: ${why}`)).toEqual([]);
        expect(compared.differing).toEqual([]);
        expect(compared.compared).toBeGreaterThan(round === 1 ? 5 : 0);
      });

      it("tells each receiver the same", async () => {
        const files = filesOfDemo(demo);
        const ours = await replayedMessages(demo, files, await replayedRules(files, past), past.to);
        const theirs = (await demo.inbox.messages())
          .map(({ receiver, status, title, receivedAt }) => ({
            receiver,
            status,
            title,
            time: Date.parse(receivedAt),
          }))
          .filter(({ time }) => time <= past.to);
        const isBeat = ({ receiver }: { readonly receiver: string }) => receiver === heartbeat;
        const compared = compareMessages(
          ours.filter((each) => !isBeat(each)),
          theirs.filter((each) => !isBeat(each)),
          { groupIntervalOf: groupIntervals(files.alertmanager), evaluation: minutes(0.25), to: past.to },
        );
        const beats = [ours, theirs].map((all) => all.filter(isBeat).length);
        say("messages", compared);
        process.stdout.write(`Round ${String(round)}: heartbeats: ${beats.join(" and ")}\n`);
        expect(compared.differing).toEqual([]);
        expect(compared.compared).toBeGreaterThan(round === 1 ? 10 : 0);
      });
    });
});
