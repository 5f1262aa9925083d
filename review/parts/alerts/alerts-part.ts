import type { AlertChange, AlertsPart, ReceiverChange } from "../../page/data/alerts";
import type { Past } from "../../past/past";
import { audiencesOf } from "./audience";
import { alertChangeOf, byRule, type OfVersion, pairsOf } from "./alert-changes";
import { calendarOf } from "./calendar";
import { shownMessages } from "./messages";
import type { Outcome, Range } from "./outcome";
import { tallyOf } from "./tally";
import { timelinesOf } from "./timelines";
import { unknownOf } from "./unknown";
import { untoldOf } from "./untold";

/** Who would have been told of what, in both versions. @param zone in which people read times */
export async function alertsPartOf(
  before: Outcome,
  after: Outcome,
  past: Past,
  range: Range,
  zone: string,
): Promise<AlertsPart> {
  const [old, now] = [ruled(before), ruled(after)];
  const pairs = pairsOf(old, now);
  const alerts: AlertChange[] = [];
  for (const pair of pairs) {
    const change = alertChangeOf(pair, old, now, range, zone);
    const hasFired = (change.before?.firings ?? 0) + (change.after?.firings ?? 0) > 0;
    if (!hasFired && change.change === "same") continue;
    alerts.push({ ...change, timelines: await timelinesOf(pair, old, now, past, range) });
  }
  return {
    receivers: receiversOf(old, now, zone),
    alerts,
    calendar: calendarOf(toPeople(old), toPeople(now), range, zone),
    untold: untoldOf(old, now),
    messages: shownMessages(pairs, old, now),
    unknown: unknownOf([before, after], past, range, zone),
  };
}

function ruled(outcome: Outcome): OfVersion {
  return byRule(outcome, (rules) => audiencesOf(outcome.configuration, rules));
}

/** What people were told: what only machines read is left out. */
export function toPeople({ outcome, audiences }: OfVersion) {
  return outcome.told.notifications.filter(({ receiver }) => audiences.get(receiver) !== "machine");
}

function receiversOf(old: OfVersion, now: OfVersion, zone: string): ReceiverChange[] {
  const tally = ({ outcome }: OfVersion, receiver: string) =>
    outcome.configuration.receivers.has(receiver)
      ? tallyOf(
          outcome.told.notifications.filter((each) => each.receiver === receiver),
          zone,
        )
      : undefined;
  const isSomebody = ({ outcome }: OfVersion, name: string) =>
    (outcome.configuration.receivers.get(name)?.integrations.length ?? 0) > 0;
  const names = [...new Set([...now.audiences.keys(), ...old.audiences.keys()])];
  return names
    .filter((name) => isSomebody(old, name) || isSomebody(now, name))
    .map((receiver) => ({
      receiver,
      audience: now.audiences.get(receiver) ?? old.audiences.get(receiver) ?? "people",
      before: tally(old, receiver),
      after: tally(now, receiver),
    }));
}
