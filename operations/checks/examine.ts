import { setTimeout as sleep } from "node:timers/promises";
import { RequestError } from "../clients/json-client";
import { type Check, type Finding, type NamedFinding, problem } from "./check";

/**
 * Runs checks side by side, each within its time limit.
 * @param onFindings is given the findings of each check as soon as those of all checks before it are told
 * @returns all findings, in the order of the checks
 */
export async function examine<S>(
  checks: readonly Check<S>[],
  subject: S,
  onFindings: (findings: readonly NamedFinding[]) => void = () => undefined,
): Promise<NamedFinding[]> {
  const running = checks.map((check) => findingsOf(check, subject));
  const all: NamedFinding[] = [];
  for (const findings of running) {
    const found = await findings;
    onFindings(found);
    all.push(...found);
  }
  return all;
}

async function findingsOf<S>(check: Check<S>, subject: S): Promise<NamedFinding[]> {
  const over = new AbortController();
  const late = sleep(check.timeLimitMs, undefined, { signal: over.signal }).then((): Finding[] => [
    {
      status: check.late ?? "warning",
      text: `could not be told within ${String(check.timeLimitMs / 1000)} s`,
    },
  ]);
  late.catch(() => undefined);
  const work = Promise.resolve()
    .then(() => check.run(subject))
    .catch((error: unknown): Finding[] => [
      problem(
        `could not be checked: ${error instanceof Error ? error.message : String(error)}`,
        error instanceof RequestError
          ? "See whether it runs, and is reached from here."
          : "This is a fault of the check; tell who keeps the project.",
      ),
    ]);
  try {
    const findings = await Promise.race([work, late]);
    return findings.map((finding) => ({ check: check.name, ...finding }));
  } finally {
    over.abort();
  }
}
