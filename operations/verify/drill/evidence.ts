import { setTimeout as sleep } from "node:timers/promises";
import { inboxNamesOf } from "../../../stacks/system";
import type { AlertmanagerClient, NotificationCount } from "../../clients/alertmanager-client";
import type { Integration } from "../routing-tree";
import type { Subject } from "../subject";
import type { DrillAlert } from "./alerts";

const lookMs = 250;

/** An alert and one who is to be told of it. */
export interface Row {
  readonly alert: DrillAlert;
  readonly receiver: string;
  readonly integrations: readonly Integration[];
}

/** Which of the rows have been told by now, and when, in Unix time in milliseconds. */
export type Evidence = () => Promise<ReadonlyMap<Row, number>>;

export interface Until {
  readonly limitMs: number;
  readonly isStopped: () => boolean;
}

/** Looks until all have been told, or the time is over. @returns seconds from `since` on, of each that was told */
export async function waitFor(
  { look, rows }: { readonly look: Evidence; readonly rows: readonly Row[] },
  since: number,
  { limitMs, isStopped }: Until,
): Promise<ReadonlyMap<Row, number>> {
  for (;;) {
    const told = await look();
    if (told.size === rows.length || Date.now() > since + limitMs || isStopped()) {
      return new Map([...told].map(([row, at]) => [row, Math.max(0, at - since) / 1_000]));
    }
    await sleep(lookMs);
  }
}

/** How it is seen who has been told from now on: by the messages in the inbox, else by counts of Alertmanager. */
export async function evidenceOf(subject: Subject, status: "firing" | "resolved", rows: readonly Row[]) {
  const look =
    subject.inbox === undefined
      ? await byCounts(subject.alertmanagers, rows)
      : byMessages(subject, status, rows);
  return { look, rows };
}

/** The messages in the inbox that name the alert. */
function byMessages(
  { inbox, deployment: { environment } }: Subject,
  status: "firing" | "resolved",
  rows: readonly Row[],
): Evidence {
  return async () => {
    const messages = (await inbox?.messages({ status })) ?? [];
    const times = ({ alert, receiver }: Row) =>
      inboxNamesOf(environment, receiver).map((name) => {
        const own = messages.filter(
          (each) => each.receiver === name && JSON.stringify(each).includes(alert.labels.alertname),
        );
        // The first one counts.
        return Math.min(...own.map(({ receivedAt }) => Date.parse(receivedAt)));
      });
    return new Map(
      rows.map((row) => [row, Math.max(...times(row))] as const).filter(([, at]) => at < Infinity),
    );
  };
}

/** Alertmanager's counts: which receiver of an integration was told they do not say, so that all of them must be. */
async function byCounts(
  alertmanagers: readonly AlertmanagerClient[],
  rows: readonly Row[],
): Promise<Evidence> {
  const before = await countsOf(alertmanagers);
  const seen = new Map<Row, number>();
  return async () => {
    const now = await countsOf(alertmanagers);
    for (const name of new Set(rows.flatMap(({ integrations }) => integrations.map((each) => each.name)))) {
      const by = rows.filter(({ integrations }) => integrations.some((each) => each.name === name));
      const sent = (now.get(name)?.sent ?? 0) - (before.get(name)?.sent ?? 0);
      for (const row of by.slice(0, sent)) if (!seen.has(row)) seen.set(row, Date.now());
    }
    return seen;
  };
}

async function countsOf(
  alertmanagers: readonly AlertmanagerClient[],
): Promise<Map<string, NotificationCount>> {
  const all = new Map<string, NotificationCount>();
  for (const counts of await Promise.all(alertmanagers.map((each) => each.notifications()))) {
    for (const [name, { sent, failed }] of counts) {
      const known = all.get(name) ?? { sent: 0, failed: 0 };
      all.set(name, { sent: known.sent + sent, failed: known.failed + failed });
    }
  }
  return all;
}
