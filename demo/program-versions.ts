import type { Plan } from "./plan";
import { isAtLeast, parseVersion } from "./versions";

/** A program that runs in place of an image, beside the version that is deployed. */
export interface ProgramVersion {
  /** As the image is called, without registry and owner. */
  readonly program: string;
  /** Undefined where it tells none. */
  readonly found: string | undefined;
  /** Undefined where the image's tag is none. */
  readonly deployed: string | undefined;
  /** What it does otherwise than the deployed one, as far as it matters here: sentences. */
  readonly differences: readonly string[];
}

/** The version of each program of a plan, once however many of it run. */
export function versionsOf({ executables }: Pick<Plan, "executables">): ProgramVersion[] {
  const versions = executables.map(({ kind, version, container }): ProgramVersion => {
    const numbers = version === undefined ? undefined : parseVersion(version);
    const older = kind.changes.filter(({ since }) => numbers !== undefined && !isAtLeast(numbers, since));
    return {
      program: kind.name,
      found: version,
      deployed: container.version,
      differences: older.map(({ before }) => before),
    };
  });
  return versions.filter(
    ({ program }, index) => versions.findIndex((other) => other.program === program) === index,
  );
}
