import type { Compared } from "./compared-firings";

/** A message to a receiver, replayed or received. */
export interface ToldMessage {
  readonly receiver: string;
  readonly status: string;
  readonly title: string;
  /** Milliseconds of Unix time. */
  readonly time: number;
}

/** What a comparison of messages is made with. Milliseconds. */
export interface MessageTolerance {
  /** Between two looks of Alertmanager at a group of a receiver. */
  readonly groupIntervalOf: (receiver: string) => number;
  /** Of what comes within so much of one another the order is left to chance: alerts are told to one evaluation. */
  readonly evaluation: number;
  /** Messages after it may be told on one side alone, when they come less than a group interval before the end. */
  readonly to: number;
}

/**
 * Compares messages by receiver: the same titles and statuses in the same order, one look apart at most. What is told a look
 * later comes a group interval and the time of sending later.
 */
export function compareMessages(
  replayed: readonly ToldMessage[],
  received: readonly ToldMessage[],
  { groupIntervalOf, evaluation, to }: MessageTolerance,
): Compared {
  const differing: string[] = [];
  let compared = 0;
  for (const receiver of new Set([...replayed, ...received].map((each) => each.receiver))) {
    const interval = groupIntervalOf(receiver);
    const [ours, theirs] = [replayed, received].map((all) =>
      all.filter((each) => each.receiver === receiver).sort((one, other) => one.time - other.time),
    );
    const left = [...(theirs ?? [])];
    const pairs: (readonly [ToldMessage, ToldMessage])[] = [];
    for (const own of ours ?? []) {
      const place = left.findIndex(
        ({ status, title, time }) =>
          status === own.status && title === own.title && Math.abs(time - own.time) <= interval + evaluation,
      );
      const [found] = place === -1 ? [] : left.splice(place, 1);
      if (found !== undefined) pairs.push([own, found]);
      else if (own.time < to - interval) differing.push(`${inWords(own)}: replayed, not received`);
    }
    for (const each of left)
      if (each.time < to - interval) differing.push(`${inWords(each)}: received, not replayed`);
    for (const [index, [own, found]] of pairs.entries()) {
      const overtaken = pairs
        .slice(0, index)
        .find(([before, real]) => own.time - before.time > evaluation && real.time - found.time > evaluation);
      if (overtaken) differing.push(`${inWords(found)}: received before ${overtaken[0].title}`);
    }
    compared += pairs.length;
  }
  return { compared: compared + differing.length, differing };
}

function inWords({ receiver, status, title, time }: ToldMessage): string {
  return `${new Date(time).toISOString()} ${receiver} ${status} "${title}"`;
}
