import { EnvironmentError } from "../../environments";

/** A failure that the user can mend; its message says how, and is shown without a stack trace. */
export class UserError extends Error {
  override readonly name = "UserError";
}

/**
 * Runs a command. What the user can mend is shown as its message alone; anything else is a fault of the program and
 * is shown whole. Either ends the process with status 1.
 */
export function run(command: () => Promise<void> | void): void {
  Promise.resolve()
    .then(command)
    .catch((error: unknown) => {
      const mendable = error instanceof UserError || error instanceof EnvironmentError;
      console.error(mendable ? error.message : error);
      process.exitCode = 1;
    });
}
