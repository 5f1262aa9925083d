import { z } from "zod";
import { type Rule, rule } from "./rule";

const grafanaOfAnEmulator = z.looseObject({
  aws: z.looseObject({ emulatorUrl: z.string() }),
  grafana: z.looseObject({ awsCredentials: z.looseObject({}) }),
});

/** The data source asks AWS itself, where nothing is of what the emulator has. */
const emulatorHasNoAccount = rule(grafanaOfAnEmulator, () => [
  {
    path: ["grafana", "awsCredentials"],
    found: "credentials of AWS beside aws.emulatorUrl",
    allowed: "nothing: an emulator has no account that Grafana could read",
  },
]);

/** Rules of Grafana's access to AWS. */
export const awsCredentialRules: readonly Rule[] = [emulatorHasNoAccount];
