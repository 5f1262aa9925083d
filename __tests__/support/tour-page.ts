import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";

/** A step as the page shows it, times in seconds since the fault. */
export interface ShownStep {
  readonly kind: string;
  readonly receiver: string;
  readonly text: string;
  /** Undefined while it has not happened. */
  readonly after: number | undefined;
  readonly best: number | undefined;
}

interface ShownRow {
  readonly step: string;
  readonly state: string;
  readonly receiver: string;
  readonly cells: readonly string[];
}

/** The demo's page in a browser. */
export class TourPage {
  constructor(readonly page: Page) {}

  /** The button of a fault. */
  button(fault: string) {
    return this.page.locator(`[data-fault="${fault}"] button`);
  }

  /**
   * Waits until the button of a fault does this, and presses it; again where the page says that it cannot be done now, as
   * the alert is still there.
   */
  async press(fault: string, action: "break" | "mend", timeoutMs: number): Promise<void> {
    const button = this.page.locator(`[data-fault="${fault}"] button[data-action="${action}"]`);
    const answer = this.page.locator(`[data-fault="${fault}"] .answer`);
    for (const end = Date.now() + timeoutMs; ;) {
      await button.click({ timeout: timeoutMs });
      const isDone = await button.waitFor({ state: "detached", timeout: 5_000 }).then(
        () => true,
        () => false,
      );
      if (isDone) return;
      if (Date.now() > end) throw new Error(`${fault} cannot ${action}: ${await answer.innerText()}`);
    }
  }

  /** What the page shows of a fault. */
  async steps(fault: string): Promise<readonly ShownStep[]> {
    const rows = await this.page.evaluate<readonly ShownRow[]>(
      `[...document.querySelectorAll("#timeline-${fault} tbody tr")].map((row) => ({
        ...row.dataset,
        cells: [...row.children].map((cell) => cell.textContent.trim()),
      }))`,
    );
    return rows.map(({ step, state, receiver, cells: [text = "", after = "", best = ""] }) => ({
      kind: step,
      receiver,
      text,
      after: state === step ? secondsOfText(after) : undefined,
      best: secondsOfText(best),
    }));
  }

  /** Waits until all steps of a kind have happened. */
  async reached(fault: string, kind: string, timeoutMs: number): Promise<readonly ShownStep[]> {
    for (const end = Date.now() + timeoutMs; ; await sleep(200)) {
      const steps = await this.steps(fault);
      const wanted = steps.filter((step) => step.kind === kind);
      if (wanted.length > 0 && wanted.every(({ after }) => after !== undefined)) return steps;
      if (Date.now() > end) {
        const shown = steps.map(({ text, after }) => `${text}: ${after === undefined ? "-" : String(after)}`);
        throw new Error(`${fault} has not come to "${kind}":\n${shown.join("\n")}`);
      }
    }
  }
}

/** Seconds of `12.3 s` and `2 min 5 s`. */
function secondsOfText(text: string): number | undefined {
  const [, minutes = "0", seconds] = /^(?:(\d+) min )?([\d.]+) s$/.exec(text) ?? [];
  return seconds === undefined ? undefined : Number(minutes) * 60 + Number(seconds);
}
