/** The alias of a provider is the name of a machine; that of the stack's own engine has none. */
const notPinged =
  /(?:provider\["[^"]+"\](?:\.(\S+))?: )?Error pinging Docker server, please make sure that (\S+) is reachable/g;

/**
 * Where Docker engines are that Terraform says it does not reach: their addresses, with the name of another machine.
 * @returns undefined where it names none
 */
export function enginesAway(said: string): string | undefined {
  const engines = [...said.matchAll(notPinged)].map(([, machine, host = ""]) =>
    machine === undefined ? host : `${host} (machine ${machine})`,
  );
  return engines.length === 0 ? undefined : [...new Set(engines)].join(", ");
}
