import { setTimeout as sleep } from "node:timers/promises";
import type { Demo } from "../../../demo/demo";
import { isAbout, type About, type Fault } from "../../../demo/faults/fault";
import { probeJob } from "../../../metrics/targets";
import type { InboxMessage } from "../../../operations/clients/inbox-client";
import { programNames } from "../../../services/programs";
import { tell, type Story } from "../../support/alert-fault";
import { gateway, startProbedDemo, type ProbedDemo } from "../../support/probed-demo";
import { describeWithProbedDemo } from "../../support/require-program";
import { temporaryFolder } from "../../support/temporary-folder";
import { until } from "../../support/until";
import { criticalReceivers as critical } from "../../support/critical-receivers";

/** How many times faster than in production. */
const speed = 15;
const minutes = (count: number) => (count * 60_000) / speed;
const limitMs = 120_000;
const warned = ["slack-team", "discord-alerts", "msteams-team"];
/** Requests a second that services have had for a week. */
const usual = { [gateway]: 20, "product-service": 5, "auth-service": 5, "order-service": 5 };

jest.setTimeout(600_000);

/** A time here, and what it is as deployed. */
function both(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s, as deployed ${((ms * speed) / 60_000).toFixed(1)} min`;
}

/** Prints after how long who was told. */
function report(what: string, since: number, messages: readonly InboxMessage[]): void {
  for (const { receiver, receivedAt } of messages)
    process.stdout.write(`${what}: ${receiver} told after ${both(Date.parse(receivedAt) - since)}\n`);
}

/** What critical receivers were told of services, a line each: receiver, status, alert and service. */
async function pagesOf({ inbox }: Demo, known: readonly About[]): Promise<readonly string[]> {
  return (await inbox.messages())
    .filter(({ receiver, title, text }) => {
      const content = `${title}\n${text}`;
      return critical.includes(receiver) && programNames.some((name) => content.includes(name));
    })
    .map((message) => {
      const about = known.find((each) => isAbout(each, message));
      const words = about === undefined ? `unexpected: ${message.title}` : `${about.alert} ${about.service}`;
      return `${message.receiver} ${message.status} ${words}`;
    })
    .sort();
}

const onceEach = ({ alert, service }: About) =>
  critical
    .flatMap((receiver) =>
      ["firing", "resolved"].map((status) => `${receiver} ${status} ${alert} ${service}`),
    )
    .sort();

/** Names of the critical alerts of the gateway that fire, told or not. */
async function firing({ prometheus }: Demo): Promise<readonly string[]> {
  return ((await prometheus?.alerts()) ?? [])
    .filter(({ state, labels }) => state === "firing" && labels.severity === "critical")
    .filter(({ labels }) => labels.service === gateway)
    .map(({ labels }) => labels.alertname ?? "");
}

describeWithProbedDemo("a gateway that is cut off from outside, while its scrapes are answered", () => {
  const folder = temporaryFolder();
  let running: ProbedDemo;
  let fault: Fault;
  let story: Story;
  let mendedAt: number;

  beforeAll(async () => {
    running = await startProbedDemo(folder(), { [gateway]: usual[gateway] }, speed);
    const { demo, front } = running;
    fault = {
      alert: "ProbeFailed",
      severity: "critical",
      service: gateway,
      job: probeJob,
      says: [
        front.url,
        "has not answered as it should for three minutes",
        `${gateway} itself answers scrapes`,
      ],
      begin: () => {
        const since = Date.now();
        front.cutOff();
        return since;
      },
      mend: async () => {
        // Customers stay away with it, which is the same fault.
        await until(async () => (await firing(demo)).includes("TrafficGone"), limitMs);
        mendedAt = Date.now();
        front.mend();
      },
    };
    story = await tell(demo, fault, { receivers: critical, groupWaitMs: minutes(20 / 60) }, limitMs);
    // What looks back further ends later.
    await until(async () => !(await firing(demo)).includes("TrafficGone"), limitMs);
    await sleep(minutes(6));
  });
  afterAll(() => running.stop());

  it("is told to all who are on call, in time, and says where", () => {
    const { firing: told, delayMs, bestMs } = story;
    report(fault.alert, Math.max(...told.map(({ receivedAt }) => Date.parse(receivedAt))) - delayMs, told);
    process.stdout.write(`${fault.alert}: at best after ${both(bestMs)}\n`);
    expect(delayMs).toBeLessThanOrEqual(1.2 * bestMs);
    for (const { title, text, payload } of told)
      for (const words of fault.says) expect(`${title}\n${text}\n${JSON.stringify(payload)}`).toMatch(words);
  });

  it("is told to be over", () => {
    report(`The end of ${fault.alert}`, mendedAt, story.resolved);
    for (const { receivedAt } of story.resolved) expect(Date.parse(receivedAt)).toBeGreaterThan(mendedAt);
  });

  it("is one page, though its missing customers are seen, too", async () => {
    expect(await pagesOf(running.demo, [fault])).toEqual(onceEach(fault));
  });
});

describeWithProbedDemo("traffic that stops, and a Prometheus that is held back", () => {
  const folder = temporaryFolder();
  let running: ProbedDemo;
  let calm: readonly string[];
  const gone: About = { alert: "TrafficGone", service: gateway };
  const expected = [
    ...critical.map((receiver) => ({ receiver, service: gateway })),
    ...Object.keys(usual)
      .filter((service) => service !== gateway)
      .flatMap((service) => warned.map((receiver) => ({ receiver, service }))),
  ];

  const told = (status: InboxMessage["status"]) =>
    Promise.all(
      expected.map(({ receiver, service }) =>
        running.demo.inbox.message((each) => isAbout({ ...gone, service }, each), limitMs, {
          receiver,
          status,
        }),
      ),
    );

  const reportEach = (what: string, since: number, messages: readonly InboxMessage[]) => {
    for (const service of Object.keys(usual)) {
      const own = messages.filter((_, index) => expected[index]?.service === service);
      report(`${what} of ${service}`, since, own);
    }
  };

  beforeAll(async () => {
    running = await startProbedDemo(folder(), usual, speed);
    calm = await pagesOf(running.demo, []);
  });
  afterAll(() => running.stop());

  it("tells nobody while customers come as they always do", () => {
    expect(calm).toEqual([]);
  });

  it("tells those on call of the gateway, the team of the services behind, and all of the end", async () => {
    const { demo, customers } = running;
    await customers.stop();
    const since = Date.now();
    const messages = await told("firing");
    reportEach("TrafficGone", since, messages);
    const times = messages.map(({ receivedAt }) => Date.parse(receivedAt) - since);
    expect(Math.min(...times)).toBeGreaterThan(minutes(6));
    // The rates' 5 minutes, 6 for which they must be so, and half a minute for others of the group.
    expect(Math.max(...times)).toBeLessThan(1.2 * minutes(5 + 6 + 0.5));
    customers.start();
    const back = Date.now();
    reportEach("The end of TrafficGone", back, await told("resolved"));
    expect(await pagesOf(demo, [gone])).toEqual(onceEach(gone));
  });

  it("is noticed where the heartbeat is expected, which stops and comes again, and by nobody else", async () => {
    const { demo } = running;
    const pid = demo.program("prometheus").pid;
    if (pid === undefined) throw new Error("Prometheus does not run.");
    const beats = async () =>
      (await demo.inbox.messages({ receiver: "heartbeat" })).map(({ receivedAt }) => Date.parse(receivedAt));
    const lastBeat = async () => Math.max(...(await beats()));
    const pages = await pagesOf(demo, [gone]);
    const stopped = Date.now();
    let last: number;
    let mended: number;
    process.kill(pid, "SIGSTOP");
    try {
      await until(async () => Date.now() - (await lastBeat()) > minutes(6), limitMs);
      last = await lastBeat();
    } finally {
      mended = Date.now();
      process.kill(pid, "SIGCONT");
    }
    await until(async () => (await lastBeat()) > mended, limitMs);
    const again = Math.min(...(await beats()).filter((time) => time > mended));
    process.stdout.write(
      `Prometheus held back: the last heartbeat came after ${both(last - stopped)}\n` +
        `Prometheus held back: who expects one every two minutes told after ${both(last + minutes(2) - stopped)}\n` +
        `Prometheus held back: silent for ${both(again - last)}\n` +
        `The end of it: a heartbeat came after ${both(again - mended)}\n`,
    );
    // Alertmanager believes what it was told for four minutes, and tells the heartbeat every minute or a little later.
    expect(last - stopped).toBeGreaterThan(-minutes(2));
    expect(last - stopped).toBeLessThan(minutes(5));
    expect(again - mended).toBeLessThan(minutes(4));
    await sleep(minutes(6));
    expect(await pagesOf(demo, [gone])).toEqual(pages);
  });
});
