import type { DemoProgram } from "../demo-program";
import type { TourFault } from "./fault";

/** A service is killed, and started again. */
export function killed(program: DemoProgram): TourFault {
  const { name } = program;
  return {
    name: "killed",
    title: "Kill a service",
    what: `${name} is killed (SIGKILL), and nobody starts it again until you mend it.`,
    alert: "ServiceDown",
    severity: "critical",
    service: name,
    job: name,
    isSilent: true,
    says: [`${name} is down`, `No instance of ${name} has answered a scrape`],
    begin: async () => {
      const since = Date.now();
      await program.kill();
      return since;
    },
    mend: () => program.restart(),
  };
}
