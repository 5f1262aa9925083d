import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import type { Notification } from "../../../review/alertmanager/notification";
import { renderMessage, type SentMessage } from "../../../review/messages/render-message";
import type { Message } from "../../../services/inbox/message";
import { alertmanagerProgram, TestAlertmanager } from "../../support/alertmanager";
import {
  arbitraryGroup,
  everyone,
  everyoneTold,
  type ArbitraryAlert,
  type EveryoneTold,
  type ToldIntegration,
} from "../../support/everyone-told";
import { TestInbox } from "../../support/inbox";
import { describeWith } from "../../support/require-program";
import { WebhookTarget } from "../../support/webhook-target";

jest.setTimeout(180_000);

/** How many alerts the groups have at most. */
const sizes = [
  ...Array.from({ length: 36 }, (_, index) => 1 + (index % 3)),
  ...Array.from({ length: 8 }, () => 30),
  300,
  300,
];

/** What Alertmanager's webhook gets without a limit. */
interface Posted {
  readonly status: "firing" | "resolved";
  readonly groupKey: string;
  readonly groupLabels: Readonly<Record<string, string>>;
  readonly alerts: readonly {
    readonly status: "firing" | "resolved";
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
    readonly startsAt: string;
    readonly endsAt: string;
    readonly generatorURL: string;
  }[];
}

/** The notification that has led to it, by what Alertmanager has said of it. */
function notificationOf(
  { status, groupKey, groupLabels, alerts }: Posted,
  { integration, index }: ToldIntegration,
): Notification {
  return {
    time: Date.now(),
    receiver: everyone,
    integration,
    index,
    groupKey,
    groupLabels,
    status,
    reason: "first",
    alerts: alerts.map((alert) => {
      const startsAt = Date.parse(alert.startsAt);
      // Annotations of a rule are templates: each shows the label that holds its text.
      const annotations = Object.fromEntries(
        Object.keys(alert.annotations).map((name) => [name, `{{ $labels.${name} }}`]),
      );
      return {
        status: alert.status,
        firing: {
          rule: { file: "a.yml", group: "a", alert: "A" },
          labels: alert.labels,
          annotations,
          seriesLabels: alert.annotations,
          activeAt: startsAt,
          firedAt: startsAt,
          resolvedAt: undefined,
          interval: 30_000,
          valueAt: () => 1,
        },
        evaluatedAt: startsAt,
        startsAt,
        endsAt: alert.status === "resolved" ? Date.parse(alert.endsAt) : undefined,
      };
    }),
  };
}

/** What is compared of a mail. */
function mailOf(payload: unknown): string {
  const { subject, from, to, text, html } = payload as Record<string, unknown>;
  return JSON.stringify({ subject, from, to, text, html });
}

/** Texts that only one of two lists has. */
function differing(one: readonly string[], other: readonly string[]): string[] {
  const left = [...other];
  const missing = one.filter((each) => {
    const at = left.indexOf(each);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
  return [...missing, ...left];
}

describeWith(
  [alertmanagerProgram],
  "messages rendered without a program, beside a real Alertmanager's",
  () => {
    const groups: (readonly ArbitraryAlert[])[] = sizes.map(
      (most, index) => fc.sample(arbitraryGroup(index, most), { seed: 1_900 + index, numRuns: 1 })[0] ?? [],
    );
    let target: WebhookTarget;
    let inbox: TestInbox;
    let alertmanager: TestAlertmanager;
    let told: EveryoneTold;
    let posted: readonly Posted[];
    let mails: readonly Message[];
    let rendered: readonly { readonly of: ToldIntegration; readonly message: SentMessage }[];

    const post = (alerts: readonly ArbitraryAlert[], isOver: boolean) =>
      alertmanager.post(
        alerts.map(({ labels, annotations, ends }) => ({
          labels,
          annotations,
          ...(isOver && ends && { endsAt: new Date(Date.now() - 1) }),
        })),
      );

    beforeAll(async () => {
      target = await WebhookTarget.start(true);
      inbox = new TestInbox({ MAX_MESSAGES: "1000" });
      told = everyoneTold(target.url, await inbox.listenForMail());
      alertmanager = await TestAlertmanager.start({ files: told.files });
      for (const alerts of groups) await post(alerts, false);
      await target.messages("/webhook/all", groups.length, 60_000);
      for (const alerts of groups) await post(alerts, true);
      await quiet(target);
      posted = target.received
        .filter(({ path }) => path === "/webhook/all")
        .map(({ body }) => JSON.parse(body.toString()) as Posted);
      mails = (await inbox.messages("?limit=1000")).filter(({ kind }) => kind === "email");
      // Who is not told of ends gets the first message of a group alone.
      const isFirst = ({ groupKey }: Posted, at: number) =>
        posted.findIndex((each) => each.groupKey === groupKey) === at;
      rendered = posted.flatMap((each, at) =>
        told.integrations
          .filter(({ tellsEnds }) => tellsEnds || isFirst(each, at))
          .map((of) => ({
            of,
            message: renderMessage(notificationOf(each, of), {
              configuration: told.configuration,
              templates: told.templates,
              externalUrl: "https://alertmanager.example.com",
              rules: { externalLabels: {}, externalUrl: "https://prometheus.example.com" },
            }),
          })),
      );
    });

    afterAll(async () => {
      await alertmanager.stop();
      await target.stop();
      await inbox.close();
    });

    it("has posted alerts of each size, firing and resolved", () => {
      expect(posted.length).toBeGreaterThanOrEqual(groups.length);
      expect(posted.some(({ status }) => status === "resolved")).toBe(true);
      expect(Math.max(...posted.map(({ alerts }) => alerts.length))).toBeGreaterThan(200);
    });

    it("gives the same bytes for each integration", () => {
      const counts = told.integrations.map((of) => {
        const ours = rendered.filter((each) => each.of === of).map(({ message }) => message);
        const [one, other] =
          of.path === undefined
            ? [ours.map(({ payload }) => mailOf(payload)), mails.map(({ payload }) => mailOf(payload))]
            : [
                ours.flatMap(({ body }) => body ?? []),
                target.received.filter(({ path }) => path === of.path).map(({ body }) => body.toString()),
              ];
        const found = differing(one, other);
        return { name: of.path ?? "mail", compared: other.length, found };
      });
      for (const { name, compared, found } of counts)
        console.log(`${name}: ${String(compared)} messages compared, ${String(found.length / 2)} differing`);
      expect(
        counts
          .flatMap((each) => each.found)
          .map((text) => text.slice(0, 100000))
          .slice(0, 4),
      ).toEqual([]);
      expect(Math.min(...counts.map(({ compared }) => compared))).toBeGreaterThan(0);
    });
  },
);

/** Waits until nothing has come for a while. */
async function quiet(target: WebhookTarget): Promise<void> {
  for (let before = -1; before !== target.received.length;) {
    before = target.received.length;
    await sleep(4_000);
  }
}
