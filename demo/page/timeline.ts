import type { FaultRun, Phase, Step } from "../tour/fault-run";
import type { Offer } from "../tour/tour";
import { stepInWords, stepTimes, timeInWords } from "../tour/words";
import { html, type Html } from "../../services/platform/page/html";

/** What a fault's button does now. */
export interface ButtonState {
  readonly action: "break" | "mend" | "none";
  readonly label: string;
}

const duringPhase: Readonly<Record<Phase, ButtonState>> = {
  broken: { action: "mend", label: "Mend it" },
  mending: { action: "none", label: "Being mended…" },
  mended: { action: "none", label: "Mended; wait for the end" },
  over: { action: "break", label: "Break it again" },
};

/** The button of a fault. */
export function buttonOf({ fault, run }: Offer): ButtonState {
  if (fault.hindrance !== undefined) return { action: "none", label: "Not here" };
  return run ? duringPhase[run.phase] : { action: "break", label: "Break it" };
}

/** What has come of a fault, a line a step; nothing before it was let happen. */
export function timeline({ run }: Offer, time: number): Html | undefined {
  if (!run) return undefined;
  const next = run.steps.findIndex(({ at }) => at === undefined);
  return html`<table class="timeline">
    <caption>
      Since the fault, beside the best that the intervals make possible
    </caption>
    <thead>
      <tr>
        <th scope="col">What</th>
        <th scope="col" class="time">After</th>
        <th scope="col" class="time">At best</th>
      </tr>
    </thead>
    <tbody>
      ${run.steps.map((step, index) => row(step, run, index === next, time))}
    </tbody>
  </table>`;
}

function row(step: Step, { fault, since, isOpen }: FaultRun, isNext: boolean, time: number): Html {
  const { after, best } = stepTimes(step, since);
  // A mending comes when somebody presses the button.
  const waits =
    isNext && isOpen && step.kind !== "mended"
      ? `… ${timeInWords(Math.floor((time - since) / 1_000) * 1_000)}`
      : "";
  const state = step.at === undefined ? (isNext && isOpen ? "next" : "ahead") : step.kind;
  return html`<tr data-step="${step.kind}" data-state="${state}" data-receiver="${step.receiver}">
    <th scope="row">${stepInWords(step, fault)}</th>
    <td class="time">${after === "" ? waits : after}</td>
    <td class="time">${best}</td>
  </tr>`;
}
