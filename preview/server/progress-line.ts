import type { Progress } from "./installation";

const steps: Readonly<Record<Progress["step"], string>> = {
  waiting: "Another one is installing or building the preview: waiting for it.",
  installing: "Installing the preview's packages, once: it takes a minute or two and 500 MB.",
  building: "Building the preview's page, after each change of its sources: half a minute.",
};

/**
 * What tells how far the installation of the preview is: a line a step, and in a terminal the count of packages as it
 * grows.
 */
export function progressLine(output: NodeJS.WriteStream = process.stderr): (progress: Progress) => void {
  let last: Progress["step"] | undefined;
  let open = false;
  let told = 0;
  return ({ step, packages }) => {
    if (step !== last) output.write(`${open ? "\n" : ""}${steps[step]}\n`);
    if (step !== last) open = false;
    last = step;
    if (packages === undefined) return;
    const { done, all } = packages;
    const text = `  ${String(done)} of ${String(all)} packages`;
    if (output.isTTY) {
      output.write(`\r${text}`);
      open = true;
    } else if (done - told >= all / 5) {
      // In a log, a line for each fifth.
      told = done;
      output.write(`${text}\n`);
    }
  };
}
