/** What happens next, in order of time; of the same time, what has the lower rank, then what was put in first. */
export class TimeQueue<T> {
  private readonly heap: { readonly time: number; readonly order: number; readonly item: T }[] = [];
  private count = 0;

  /** @param rank 0, 1 or 2 */
  push(time: number, item: T, rank = 0): void {
    const { heap } = this;
    const entry = { time, order: rank * 2 ** 50 + this.count++, item };
    let at = heap.push(entry) - 1;
    for (; at > 0;) {
      const parent = (at - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !before(entry, above)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = entry;
  }

  /** When something happens next; Infinity where nothing does. */
  get nextTime(): number {
    return this.heap[0]?.time ?? Infinity;
  }

  /** Takes the next one out. */
  pop(): { readonly time: number; readonly item: T } | undefined {
    const { heap } = this;
    const [first] = heap;
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      const [left, right] = [heap[2 * at + 1], heap[2 * at + 2]];
      if (left === undefined) break;
      const [child, below] =
        right !== undefined && before(right, left) ? [2 * at + 2, right] : [2 * at + 1, left];
      if (!before(below, last)) break;
      heap[at] = below;
      at = child;
    }
    heap[at] = last;
    return first;
  }
}

interface Timed {
  readonly time: number;
  readonly order: number;
}

function before(one: Timed, other: Timed): boolean {
  return one.time < other.time || (one.time === other.time && one.order < other.order);
}
