import { z } from "zod";
import { describeValue } from "../describe";
import { type Problem, type Rule, rule } from "./rule";

const tls = z
  .looseObject({ certificate: z.unknown().optional(), key: z.unknown().optional() })
  .optional()
  .catch(undefined);
const service = z
  .looseObject({
    image: z.unknown().optional(),
    build: z.unknown().optional(),
    elsewhere: z.looseObject({ scheme: z.unknown().optional(), tls }).optional().catch(undefined),
  })
  .catch({});
const services = z.looseObject({ services: z.array(service) });

/** A service that runs elsewhere has no container here, and is asked over TLS where TLS is said. */
const elsewhereIsSound = rule(services, ({ services: all }) =>
  all.flatMap(({ image, build, elsewhere }, index): Problem[] => {
    if (elsewhere === undefined) return [];
    const path = ["services", index, "elsewhere"];
    const { scheme, tls: said } = elsewhere;
    const own = image !== undefined ? "image" : "build";
    return [
      ...(image === undefined && build === undefined
        ? []
        : [
            {
              path,
              found: `a service with ${own}, which runs here`,
              allowed: "nothing, or neither image nor build",
            },
          ]),
      ...(said === undefined || scheme === "https"
        ? []
        : [
            {
              path: [...path, "scheme"],
              found: scheme === undefined ? "nothing" : describeValue(scheme),
              allowed: `"https", as it has tls`,
            },
          ]),
      ...((said?.certificate === undefined) === (said?.key === undefined)
        ? []
        : [
            {
              path: [...path, "tls", said?.key === undefined ? "key" : "certificate"],
              found: "nothing",
              allowed: "a variable: a certificate and its key go together",
            },
          ]),
    ];
  }),
);

/** Rules of the services that run elsewhere. */
export const elsewhereRules: readonly Rule[] = [elsewhereIsSound];
