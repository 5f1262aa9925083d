import fc from "fast-check";
import { setTimeout as sleep } from "node:timers/promises";
import { parse, stringify } from "yaml";
import { alertsOf, allSends } from "../../../review/alertmanager/alert";
import { readConfiguration } from "../../../review/alertmanager/configuration";
import type { Notification } from "../../../review/alertmanager/notification";
import { replayAlertmanager } from "../../../review/alertmanager/replay";
import { mutedBy, routesOf } from "../../../review/alertmanager/route";
import { endOfSend, type Send } from "../../../review/alertmanager/sends";
import { TimeQueue } from "../../../review/alertmanager/time-queue";
import type { Firing } from "../../../review/replay/firing";
import { alertmanagerProgram, TestAlertmanager } from "../../support/alertmanager";
import { allLabelSets, randomConfiguration, receiverNames } from "../../support/alertmanager-configurations";
import { firingOf } from "../../support/firings";
import { describeWith } from "../../support/require-program";
import { WebhookTarget } from "../../support/webhook-target";

jest.setTimeout(300_000);

const configPath = "/etc/alertmanager/alertmanager.yml";
const sortedText = (labels: Readonly<Record<string, string>>) =>
  JSON.stringify(Object.entries(labels).sort());

interface Written {
  readonly route: Record<string, unknown>;
  readonly receivers: unknown;
  readonly time_intervals: unknown;
}

describeWith([alertmanagerProgram], "the model of Alertmanager's routes, beside a real one", () => {
  it("leads each alert of thousands to the same receivers", async () => {
    const trees = fc
      .sample(randomConfiguration, { numRuns: 150, seed: 19 })
      .map((text) => parse(text) as Written);
    const [first] = trees;
    const text = stringify({
      ...first,
      route: {
        receiver: "nobody",
        // Nothing is sent: it is asked whom it would tell.
        group_wait: "1h",
        routes: trees.map(({ route }, index) => ({ ...route, matchers: [`tree="${String(index)}"`] })),
      },
    });
    const { route } = readConfiguration(text);
    const sets = allLabelSets();
    const alerts = trees.flatMap((_, tree) =>
      sets
        .filter((__, index) => index % 3 === tree % 3)
        .map((labels) => ({
          alertname: "ParcelsLate",
          tree: String(tree),
          ...Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== "")),
        })),
    );
    const alertmanager = await TestAlertmanager.start({ files: { [configPath]: text } });
    try {
      await alertmanager.post(alerts.map((labels) => ({ labels })));
      const real = new Map(
        (await alertmanager.alerts()).map(({ labels, receivers }) => [sortedText(labels), receivers]),
      );
      const differing = alerts.filter((labels) => {
        const ours = routesOf(route, labels).map(({ receiver }) => receiver);
        return (
          JSON.stringify(ours.sort()) !== JSON.stringify([...(real.get(sortedText(labels)) ?? [])].sort())
        );
      });
      process.stdout.write(
        `Routes: ${String(alerts.length)} alerts in ${String(trees.length)} trees, ${String(differing.length)} led elsewhere.\n`,
      );
      expect(alerts.length).toBeGreaterThan(5000);
      expect(new Set([...real.values()].flat()).size).toBe(receiverNames.length);
      expect(differing).toEqual([]);
    } finally {
      await alertmanager.stop();
    }
  });

  it("is muted by the same time intervals, now, in all kinds of zones", async () => {
    const two = (value: number) => String(value).padStart(2, "0");
    const range = (low: number, high: number) =>
      fc.tuple(fc.integer({ min: low, max: high }), fc.integer({ min: low, max: high })).map((both) => {
        const [from = low, to = high] = both.sort((one, other) => one - other);
        return `${String(from)}:${String(to)}`;
      });
    const days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
    const interval = fc.record(
      {
        times: fc
          .tuple(fc.integer({ min: 0, max: 22 }), fc.integer({ min: 1, max: 24 }))
          .map(([from, length]) => [
            { start_time: `${two(from)}:00`, end_time: `${two(Math.min(24, from + length))}:00` },
          ]),
        weekdays: fc.tuple(fc.nat({ max: 6 }), fc.nat({ max: 6 })).map((both) => {
          const [from = 0, to = 0] = both.sort((one, other) => one - other);
          return [`${days[from] ?? ""}:${days[to] ?? ""}`];
        }),
        days_of_month: fc.oneof(range(1, 31), range(-20, -1)).map((each) => [each]),
        months: range(1, 12).map((each) => [each]),
        location: fc.constantFrom(
          "Europe/Berlin",
          "Asia/Kathmandu",
          "America/St_Johns",
          "Pacific/Kiritimati",
          "UTC",
        ),
      },
      { requiredKeys: ["location"] },
    );
    const all = fc.sample(fc.array(interval, { minLength: 1, maxLength: 2 }), { numRuns: 300, seed: 19 });
    const target = await WebhookTarget.start();
    const text = stringify({
      route: {
        receiver: "web",
        group_wait: "0s",
        group_by: ["..."],
        routes: all.map((_, index) => ({
          matchers: [`number="${String(index)}"`],
          [index % 2 === 0 ? "mute_time_intervals" : "active_time_intervals"]: [`interval-${String(index)}`],
        })),
      },
      receivers: [{ name: "web", webhook_configs: [{ url: `${target.url}/plain/web` }] }],
      time_intervals: all.map((each, index) => ({ name: `interval-${String(index)}`, time_intervals: each })),
    });
    const configuration = readConfiguration(text);
    const alertmanager = await TestAlertmanager.start({ files: { [configPath]: text } });
    try {
      // Not where an interval may begin between the two looks at the clock.
      while (new Date().getUTCMinutes() % 15 === 14) await sleep(1000);
      const muted = configuration.route.routes.map(
        (route) => mutedBy(route, configuration, Date.now()) !== undefined,
      );
      await alertmanager.post(
        all.map((_, index) => ({ labels: { alertname: "ParcelsLate", number: String(index) } })),
      );
      const expected = muted.filter((each) => !each).length;
      await target.messages("/plain/web", expected);
      await sleep(2000);
      const told = new Set(
        target.received.map(({ body }) => (JSON.parse(body.toString()) as Message).groupLabels.number),
      );
      const differing = all.filter((_, index) => told.has(String(index)) === muted[index]);
      process.stdout.write(
        `Time intervals: ${String(all.length)}, of which ${String(expected)} tell now, ${String(differing.length)} differ.\n`,
      );
      expect(Math.min(expected, all.length - expected)).toBeGreaterThan(50);
      expect(differing).toEqual([]);
    } finally {
      await alertmanager.stop();
      await target.stop();
    }
  });
});

interface Message {
  readonly status: string;
  readonly receiver: string;
  readonly groupLabels: Readonly<Record<string, string>>;
  readonly alerts: readonly {
    readonly status: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly startsAt: string;
  }[];
}

/** Alerts change at whole ticks, groups are flushed halfway between, so that a program may be late by less. */
const tick = 2000;
const tolerance = 900;
const sequences = 120;
const lengthTicks = 40;

function timelineConfiguration(url: string): string {
  const receiver = (name: string, sendResolved: boolean) => ({
    name,
    webhook_configs: [{ url: `${url}/plain/${name}`, send_resolved: sendResolved }],
  });
  return stringify({
    route: {
      receiver: "all",
      group_by: ["sequence"],
      group_wait: "1s",
      group_interval: "4s",
      repeat_interval: "12800ms",
      routes: [
        {
          matchers: ['alertname=~"A|B|C|Source|Both"'],
          receiver: "quiet",
          continue: true,
          group_by: ["sequence", "alertname"],
          group_wait: "3s",
          group_interval: "6s",
          repeat_interval: "8800ms",
        },
        { matchers: ['alertname=~".*"'], receiver: "all" },
      ],
    },
    receivers: [receiver("all", true), receiver("quiet", false)],
    inhibit_rules: [
      { source_matchers: ['alertname="Source"'], target_matchers: ['alertname=~"B|C"'], equal: ["sequence"] },
      {
        source_matchers: ['alertname=~"Both|Source"'],
        target_matchers: ['alertname=~"Both|Target"'],
        equal: ["sequence", "side"],
      },
    ],
  });
}

/** Firings of a sequence: each alert fires and ends a few times. */
const randomFirings = fc
  .uniqueArray(
    fc.record({
      alertname: fc.constantFrom("A", "A", "B", "C", "Source", "Source", "Both", "Target"),
      side: fc.constantFrom("left", "right"),
      instance: fc.constantFrom("1", "2"),
      lengths: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 8 }),
      pause: fc.nat({ max: 6 }),
    }),
    {
      minLength: 1,
      maxLength: 7,
      selector: ({ alertname, side, instance }) => [alertname, side, instance].join(),
    },
  )
  .map((alerts) =>
    alerts.map(({ alertname, side, instance, lengths, pause }) => ({
      labels: { alertname, side, instance },
      lengths,
      pause,
    })),
  );

function firingsFrom(begin: number): readonly Firing[] {
  return fc.sample(randomFirings, { numRuns: sequences, seed: 19 }).flatMap((alerts, sequence) =>
    alerts.flatMap(({ labels, lengths, pause }) => {
      const found: Firing[] = [];
      let at = pause;
      lengths.forEach((length, index) => {
        if (index % 2 === 0 && at < lengthTicks) {
          const end = at + length < lengthTicks - 8 ? begin + (at + length) * tick : undefined;
          found.push(firingOf({ ...labels, sequence: String(sequence) }, begin + at * tick, end, tick));
          if (end === undefined) at = lengthTicks;
        }
        at += length;
      });
      return found;
    }),
  );
}

/** What Prometheus sends, in the order in which the model takes it. */
function sendsOf(firings: readonly Firing[], resendDelay: number, to: number): readonly (readonly Send[])[] {
  const queue = new TimeQueue<{ readonly send: Send; readonly sends: Generator<Send> }>();
  const enqueue = (sends: Generator<Send>) => {
    const next = sends.next();
    if (next.done !== true) queue.push(next.value.time, { send: next.value, sends });
  };
  for (const alert of alertsOf(firings)) {
    for (const firing of alert.firings) enqueue(allSends(alert, firing, resendDelay, to));
  }
  const found: Send[][] = [];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const { send, sends } = next.item;
    const last = found.at(-1);
    if (last?.[0]?.time === send.time) last.push(send);
    else found.push([send]);
    enqueue(sends);
  }
  return found;
}

async function postSends(url: string, sends: readonly Send[], resendDelay: number): Promise<void> {
  const iso = (time: number) => new Date(time).toISOString();
  const body = sends.map(({ time, firing, resolved }) => ({
    labels: firing.labels,
    startsAt: iso(firing.firedAt),
    // A minute more, as resend delays are short here: nothing ends by itself.
    endsAt: iso(resolved ? (firing.resolvedAt ?? time) : endOfSend(firing, resendDelay, time) + 60_000),
  }));
  const response = await fetch(`${url}/api/v2/alerts`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`Alertmanager: ${String(response.status)} ${await response.text()}`);
}

interface Told {
  readonly time: number;
  readonly what: string;
}

function byGroup<T>(all: readonly T[], group: (each: T) => string, told: (each: T) => Told) {
  const groups = new Map<string, Told[]>();
  for (const each of all) groups.set(group(each), [...(groups.get(group(each)) ?? []), told(each)]);
  return groups;
}

const ofModel = (notifications: readonly Notification[]) =>
  byGroup(
    notifications,
    ({ receiver, groupLabels }) => `${receiver} ${sortedText(groupLabels)}`,
    ({ time, status, alerts }) => ({
      time,
      what: [
        status,
        ...alerts.map((each) => `${each.status} ${sortedText(each.firing.labels)} ${String(each.startsAt)}`),
      ].join("\n"),
    }),
  );

const ofReal = (received: WebhookTarget["received"], to: number) =>
  byGroup(
    received
      .filter(({ at }) => at < to)
      .map(({ at, body }) => ({ at, message: JSON.parse(body.toString()) as Message })),
    ({ message: { receiver, groupLabels } }) => `${receiver} ${sortedText(groupLabels)}`,
    ({ at, message: { status, alerts } }) => ({
      time: at,
      what: [
        status,
        ...alerts.map(
          (each) => `${each.status} ${sortedText(each.labels)} ${String(Date.parse(each.startsAt))}`,
        ),
      ].join("\n"),
    }),
  );

describeWith([alertmanagerProgram], "the model of Alertmanager's timeline, beside a real one", () => {
  it.each([
    // Of a resolved alert that Prometheus sends again a group would be made anew, to the millisecond.
    ["whose groups go at once", "20ms", undefined, 60_000],
    ["whose groups stay, with all that Prometheus sends again", "24h", 24 * 3_600_000, 2 * tick],
  ] as const)(
    "%s: the same messages in the same order at the same times",
    async (_, flag, emptyGroupsInterval, resendDelay) => {
      const target = await WebhookTarget.start();
      const text = timelineConfiguration(target.url);
      const flags = [`--dispatch.maintenance-interval=${flag}`];
      const alertmanager = await TestAlertmanager.start({ files: { [configPath]: text }, flags });
      try {
        const begin = Math.ceil(Date.now() / tick) * tick + 2 * tick;
        // Between two flushes.
        const to = begin + lengthTicks * tick + 500;
        const firings = firingsFrom(begin);
        let latest = 0;
        for (const sends of sendsOf(firings, resendDelay, to)) {
          const time = sends[0]?.time ?? 0;
          await sleep(Math.max(0, time - Date.now()));
          await postSends(alertmanager.url, sends, resendDelay);
          latest = Math.max(latest, Date.now() - time);
        }
        await sleep(Math.max(0, to - Date.now()) + 500);
        const model = replayAlertmanager(firings, readConfiguration(text), {
          from: begin,
          to,
          resendDelay,
          ...(emptyGroupsInterval !== undefined && { emptyGroupsInterval }),
        });
        const [ours, real] = [ofModel(model.notifications), ofReal(target.received, to)];
        const keys = [...new Set([...ours.keys(), ...real.keys()])];
        let [compared, widest] = [0, 0];
        const differing = keys.filter((key) => {
          const [one, other] = [ours.get(key) ?? [], real.get(key) ?? []];
          compared += one.length;
          const late = one.map(({ time }, index) => Math.abs((other[index]?.time ?? Infinity) - time));
          widest = Math.max(widest, ...late.filter(Number.isFinite));
          return (
            JSON.stringify(one.map(({ what }) => what)) !== JSON.stringify(other.map(({ what }) => what)) ||
            late.some((each) => each > tolerance)
          );
        });
        const reasons = new Map<string, number>();
        for (const { reason } of model.notifications) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
        process.stdout.write(
          `Timeline of ${String(sequences)} sequences, ${String(firings.length)} firings: ${String(compared)} messages ` +
            `in ${String(keys.length)} groups (${[...reasons].map(([reason, count]) => `${String(count)} ${reason}`).join(", ")}), ` +
            `${String(differing.length)} groups differ; the widest apart ${String(widest)} ms, the latest send ${String(latest)} ms late.\n`,
        );
        const show = (all: readonly Told[] = []) =>
          all.map(({ time, what }) => `${String(time - begin)} ${what}`);
        expect(differing.slice(0, 3).map((key) => [key, show(real.get(key))])).toEqual(
          differing.slice(0, 3).map((key) => [key, show(ours.get(key))]),
        );
        expect(differing).toEqual([]);
        expect([...reasons.keys()].sort()).toEqual([
          "first",
          "more alerts",
          "repeated",
          "resolved",
          "some resolved",
        ]);
      } finally {
        await alertmanager.stop();
        await target.stop();
      }
    },
  );
});
