import { z } from "zod";
import { type Rule, rule } from "./rule";

const ofProgram = z.looseObject({ awsCredentials: z.unknown().optional() }).optional().catch(undefined);
const programsOfAnEmulator = z.looseObject({
  aws: z.looseObject({ emulatorUrl: z.string() }),
  grafana: ofProgram,
  logShipper: ofProgram,
  prometheus: z
    .looseObject({ awsCredentials: z.unknown().optional(), engine: ofProgram })
    .optional()
    .catch(undefined),
});

/** Grafana asks AWS itself, where nothing is of what the emulator has; the emulator takes requests from anybody. */
const emulatorHasNoAccount = rule(programsOfAnEmulator, ({ grafana, logShipper, prometheus }) =>
  [
    { path: ["grafana"], settings: grafana },
    { path: ["logShipper"], settings: logShipper },
    { path: ["prometheus"], settings: prometheus },
    { path: ["prometheus", "engine"], settings: prometheus?.engine },
  ].flatMap(({ path, settings }) =>
    settings?.awsCredentials === undefined
      ? []
      : [
          {
            path: [...path, "awsCredentials"],
            found: "credentials of AWS beside aws.emulatorUrl",
            allowed: "nothing: an emulator has no account",
          },
        ],
  ),
);

/** Rules of the access of programs to AWS. */
export const awsCredentialRules: readonly Rule[] = [emulatorHasNoAccount];
