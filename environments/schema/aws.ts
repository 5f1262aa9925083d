import { z } from "zod";
import { httpUrl } from "../../schema/primitives";

/** The regions of AWS, commercial, GovCloud and China, as of November 2026. A newer one is added here. */
const regions = [
  "af-south-1",
  "ap-east-1",
  "ap-east-2",
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
  "ap-south-1",
  "ap-south-2",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-southeast-3",
  "ap-southeast-4",
  "ap-southeast-5",
  "ap-southeast-6",
  "ap-southeast-7",
  "ca-central-1",
  "ca-west-1",
  "cn-north-1",
  "cn-northwest-1",
  "eu-central-1",
  "eu-central-2",
  "eu-north-1",
  "eu-south-1",
  "eu-south-2",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "il-central-1",
  "me-central-1",
  "me-south-1",
  "mx-central-1",
  "sa-east-1",
  "us-east-1",
  "us-east-2",
  "us-gov-east-1",
  "us-gov-west-1",
  "us-west-1",
  "us-west-2",
] as const;

/** The partition of AWS that a region belongs to: the second part of every ARN there. */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** A region of AWS, such as `eu-central-1`. */
export const awsRegion = z.enum(regions);

/** The AWS account's side of an environment. */
export const awsSchema = z.strictObject({
  /** Region of every AWS resource of the environment. */
  region: awsRegion,
  /**
   * Base URL of an AWS emulator (moto) that takes AWS's place, with made-up credentials.
   * Default: none, the real AWS with the credentials of whoever deploys.
   */
  emulatorUrl: httpUrl.optional(),
});
