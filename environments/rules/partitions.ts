import { z } from "zod";
import { describeValue } from "../describe";
import { partitionOf } from "../schema/aws";
import { type Path, type Problem, type Rule, rule } from "./rule";

const regional = z.looseObject({ aws: z.looseObject({ region: z.string() }) });
const hasRegion = z.looseObject({ region: z.string() });

/** Every ARN, wherever it stands, must be of the partition of its region: the one beside it, or else `aws.region`. */
const arnsFitTheirRegion = rule(regional, (environment) =>
  foreignArns(environment, [], environment.aws.region),
);

function foreignArns(value: unknown, path: Path, region: string, seen = new Set<unknown>()): Problem[] {
  if (typeof value === "string") return problemOf(value, path, region);
  if (typeof value !== "object" || value === null || seen.has(value)) return [];
  seen.add(value);
  const nearest = hasRegion.safeParse(value).data?.region ?? region;
  return Object.entries(value).flatMap(([key, inner]) =>
    foreignArns(inner, [...path, Array.isArray(value) ? Number(key) : key], nearest, seen),
  );
}

function problemOf(text: string, path: Path, region: string): Problem[] {
  const [, partition, own = ""] = /^arn:(aws[a-z-]*):[a-z0-9-]+:([a-z0-9-]*):/.exec(text) ?? [];
  if (partition === undefined) return [];
  const wanted = partitionOf(region);
  // A region in the ARN itself says the same thing a second time.
  const isForeign = partition !== wanted || (own !== "" && partitionOf(own) !== wanted);
  return isForeign
    ? [
        {
          path,
          found: describeValue(text),
          allowed: `an ARN of the partition of ${region}, which starts with "arn:${wanted}:"`,
        },
      ]
    : [];
}

/** Rules of AWS's partitions. */
export const partitionRules: readonly Rule[] = [arnsFitTheirRegion];
