import { countOf, type Evaluated, type Steps } from "../../metrics/promql-engine";

/** A rule of some that read one another. */
export interface Member {
  /** When it is evaluated. */
  readonly steps: Steps;
  /** Whether nothing that it gave goes on: no alert is pending or fires. */
  readonly isQuiet: () => boolean;
  /** What it gives, where nothing is given besides what was taken. */
  readonly ask: (steps: Steps) => Promise<readonly Evaluated[]>;
  /** Evaluates it, and takes what it gives. */
  readonly evaluate: (steps: Steps) => Promise<void>;
  /** Takes that it gives nothing. */
  readonly takeNothing: (steps: Steps) => void;
}

/** So many times are looked at first to find that nothing is given; twice as many each time that nothing was. */
const leastAhead = 64;

/**
 * Evaluates rules that read one another, time by time, in their order. While nothing goes on, many times are looked at
 * together: as long as none of them gives anything, none of them reads anything of another one that was not known before.
 */
export async function evaluateTogether(members: readonly Member[]): Promise<void> {
  const times = timesOf(members);
  let ahead = leastAhead;
  for (let place = 0; place < times.length;) {
    if (members.every(({ isQuiet }) => isQuiet())) {
      const to = Math.min(times.length, place + ahead);
      const quiet = await quietUntil(members, times, place, to);
      for (const member of members) member.takeNothing(within(member.steps, times, place, quiet));
      ahead = quiet === to ? ahead * 2 : leastAhead;
      place = quiet;
      if (quiet === to) continue;
    }
    for (const { steps, evaluate } of members) {
      const now = within(steps, times, place, place + 1);
      if (countOf(now) > 0) await evaluate(now);
    }
    place += 1;
  }
}

function timesOf(members: readonly Member[]): readonly number[] {
  const times = new Set<number>();
  for (const { steps } of members)
    for (let time = steps.from; time <= steps.to; time += steps.step) times.add(time);
  return [...times].sort((one, other) => one - other);
}

/** The place of the first of some times at which a rule gives something; the end where none does. */
async function quietUntil(
  members: readonly Member[],
  times: readonly number[],
  from: number,
  to: number,
): Promise<number> {
  let until = to;
  for (const { steps, ask } of members) {
    const asked = within(steps, times, from, until);
    if (countOf(asked) === 0) continue;
    let columns: readonly Evaluated[];
    try {
      columns = await ask(asked);
    } catch {
      // What is wrong is told at the time at which it is.
      return from;
    }
    const first = Math.min(
      ...columns.map(({ present }) => present.indexOf(1)).filter((index) => index !== -1),
    );
    if (first === Infinity) continue;
    until = times.indexOf(asked.from + first * asked.step, from);
  }
  return until;
}

/** The steps of a rule from one of some times on to before another one. */
function within({ from, to, step }: Steps, times: readonly number[], first: number, behind: number): Steps {
  const [begin = Infinity, end = Infinity] = [times[first], times[behind]];
  const place = Math.max(0, Math.ceil((begin - from) / step));
  return { from: from + place * step, to: Math.min(to, end - 1), step };
}
