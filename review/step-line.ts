import type { OnStep } from "./make";

/** What tells how far a review is: a line a step, and in a terminal how far it is in percent. */
export function stepLine(output: NodeJS.WriteStream = process.stderr): OnStep {
  let last: string | undefined;
  let told = 0;
  let isOpen = false;
  return (step, share) => {
    if (step !== last) {
      output.write(`${isOpen ? "\n" : ""}${step}${step === "Done" ? "" : " …"}\n`);
      [last, told, isOpen] = [step, 0, false];
    }
    if (share === undefined) return;
    const percent = Math.floor(share * 100);
    if (output.isTTY) {
      output.write(`\r  ${String(percent)} %`);
      isOpen = true;
    } else if (percent - told >= 20) {
      // In a log, a line for each fifth.
      told = percent;
      output.write(`  ${String(percent)} %\n`);
    }
  };
}
