import { setTimeout as sleep } from "node:timers/promises";
import { alertmanagerProgram, TestAlertmanager, type PostedAlert } from "../support/alertmanager";
import { alertmanagerFiles } from "../support/alertmanager-files";
import { describeWith } from "../support/require-program";
import { WebhookTarget } from "../support/webhook-target";

jest.setTimeout(120_000);

const rounds = 100;
/** Time between two evaluations of a rule: the alert that silences another may come so much later. */
const evaluationMs = 15_000;

/** Alerts that fire together, of which the first silences the second; and what is to be told. */
const pairs = [
  { silencing: "ServiceDown", silenced: "HighErrorRatio", told: ["ServiceDown"] },
  { silencing: "HighErrorRatio", silenced: "OrdersFailing", told: ["HighErrorRatio"] },
  { silencing: "RecentServiceFault", silenced: "AvailabilityBudgetBurn", told: [] },
  { silencing: "RecentServiceFault", silenced: "NoOrders", told: [] },
] as const;
const orders = [
  "first",
  "last",
  "in one message, first",
  "in one message, last",
  "an evaluation later",
] as const;

/** A pair, of a service of its own: each pair in each order. */
const all = Array.from({ length: rounds }, (_, index) => {
  const pair = pairs[index % pairs.length] ?? pairs[0];
  const order = orders[Math.floor(index / pairs.length) % orders.length] ?? orders[0];
  const alert = (alertname: string): PostedAlert => ({
    labels: {
      alertname,
      severity: alertname === "RecentServiceFault" ? "none" : "critical",
      service: `service-${String(index)}`,
      environment: "local",
    },
  });
  return { ...pair, order, service: `service-${String(index)}`, alert };
});

describeWith([alertmanagerProgram], "two alerts at once, of which one silences the other", () => {
  let target: WebhookTarget;
  let alertmanager: TestAlertmanager;

  beforeAll(async () => {
    target = await WebhookTarget.start();
    // As it is deployed, with its own times.
    alertmanager = await TestAlertmanager.start({
      files: alertmanagerFiles("local", target.url, (text) => text),
    });
    await Promise.all(
      all.map(async ({ silencing, silenced, order, alert }) => {
        const [one, other] = [alert(silencing), alert(silenced)];
        switch (order) {
          case "first":
            await alertmanager.post([one]);
            return alertmanager.post([other]);
          case "last":
            await alertmanager.post([other]);
            return alertmanager.post([one]);
          case "in one message, first":
            return alertmanager.post([one, other]);
          case "in one message, last":
            return alertmanager.post([other, one]);
          case "an evaluation later":
            await alertmanager.post([other]);
            await sleep(evaluationMs);
            return alertmanager.post([one]);
        }
      }),
    );
    const toCome = all.flatMap(({ told }) => told).length;
    await target.messages("/webhook/webhook-incidents", toCome, 60_000);
    // As long again as any group waits.
    await sleep(25_000);
  });

  afterAll(async () => {
    await alertmanager.stop();
    await target.stop();
  });

  it.each(orders)("tell the one that silences alone, where it comes %s", (order) => {
    const messages = target.received.flatMap(({ path, body }) => {
      if (path !== "/webhook/webhook-incidents") return [];
      const { groupLabels } = JSON.parse(body.toString()) as { groupLabels: Record<string, string> };
      return [`${groupLabels.service ?? ""} ${groupLabels.alertname ?? ""}`];
    });
    const ofOrder = all.filter((one) => one.order === order);
    const expected = ofOrder.flatMap(({ service, told }) =>
      told.map((alertname) => `${service} ${alertname}`),
    );
    expect(ofOrder).toHaveLength(rounds / orders.length);
    const services = ofOrder.map(({ service }) => service);
    expect(messages.filter((each) => services.includes(each.split(" ")[0] ?? "")).sort()).toEqual(
      expected.sort(),
    );
  });
});
