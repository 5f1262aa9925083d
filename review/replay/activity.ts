/** When rules have given something. */
export class Activity<R extends object> {
  private readonly spans = new Map<R, { from: number; to: number }[]>();

  /** Adds a span, both ends of which are in it; the spans of a rule come in order of time. */
  add(rule: R, from: number, to: number): void {
    if (to < from) return;
    const all = this.spans.get(rule) ?? [];
    this.spans.set(rule, all);
    all.push({ from, to });
  }

  /** Whether one of some rules has given something in a time. */
  isAny(rules: readonly R[], from: number, to: number): boolean {
    return rules.some((rule) =>
      (this.spans.get(rule) ?? []).some((span) => span.from <= to && span.to >= from),
    );
  }

  /** Forgets what ended before a time, and puts spans that touch together. */
  dropBefore(time: number, gap: number): void {
    for (const [rule, all] of this.spans) {
      const kept: { from: number; to: number }[] = [];
      for (const span of all.filter(({ to }) => to >= time)) {
        const last = kept.at(-1);
        if (last !== undefined && span.from - last.to <= gap) last.to = Math.max(last.to, span.to);
        else kept.push(span);
      }
      this.spans.set(rule, kept);
    }
  }
}
