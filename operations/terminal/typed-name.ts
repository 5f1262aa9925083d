import { createInterface } from "node:readline/promises";
import { CommandError } from "./command";

/**
 * Asks at the terminal for a name that must be typed before something cannot be undone.
 * @param instead the option that answers where nobody is there, such as `--yes`
 * @returns whether what was typed is the name
 * @throws CommandError where there is no terminal
 */
export async function nameTyped(name: string, question: string, instead: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new CommandError(`Nobody is there to type the name ${name}. Add ${instead} to go on without.`);
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(question)).trim() === name;
  } finally {
    terminal.close();
  }
}
