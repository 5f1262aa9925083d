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

const engineWithAgents = z.looseObject({
  prometheus: z.looseObject({
    awsCredentials: z.looseObject({ kind: z.literal("access-key") }),
    engine: z.looseObject({ kind: z.literal("amazon-managed-prometheus") }),
  }),
});

/** The agents of a workspace have one access to AWS: what they write by, they ask EC2 by, too. */
const agentsHaveOneAccess = rule(engineWithAgents, () => [
  {
    path: ["prometheus", "awsCredentials"],
    found: "an access key beside the engine amazon-managed-prometheus",
    allowed: "none: prometheus.engine.awsCredentials is what agents have, for EC2, too",
  },
]);

/** Rules of the access of programs to AWS. */
export const awsCredentialRules: readonly Rule[] = [emulatorHasNoAccount, agentsHaveOneAccess];
