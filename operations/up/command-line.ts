/** The environment that `up` and `down` are about when none is named. */
export const defaultEnvironment = "local";

/** A command as it is typed for an environment, e.g. `npm run down -- --volumes`. */
export function commandLine(command: "up" | "down" | "doctor", environment: string, ...options: string[]) {
  const isNamed = command === "doctor" || environment !== defaultEnvironment;
  const args = [...(isNamed ? [environment] : []), ...options];
  return `npm run ${command}${args.length === 0 ? "" : ` -- ${args.join(" ")}`}`;
}
