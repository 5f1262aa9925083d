import { CommandError } from "../operations/terminal/command";
import type { Deployment } from "../operations/verify/deployment";
import { notesOfRunningDemos } from "./workspace";

/** Name of the note that a demo leaves in its folder for as long as it runs. */
export const deploymentNote = "deployment.json";

/**
 * What is to be verified of the demo that runs on this machine.
 * @throws CommandError where none runs, or several
 */
export function runningDemo(): Deployment {
  const [note, ...others] = notesOfRunningDemos(deploymentNote);
  if (note === undefined)
    throw new CommandError("No demo runs here, or it is still starting: npm run demo, in another terminal.");
  if (others.length > 0) throw new CommandError("Several demos run here: end all but one.");
  return JSON.parse(note) as Deployment;
}
