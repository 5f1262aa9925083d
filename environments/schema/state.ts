import { z } from "zod";
import { awsRegion } from "./aws";
import { dashedName, text } from "../../schema/primitives";

const relativePath = text(
  /^(?!.*\.\.)[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/,
  `a path below the project's folder such as ".state", without ".."`,
);

/** Where Terraform keeps the state of the environment's stacks. */
export const stateSchema = z.discriminatedUnion("backend", [
  z.strictObject({
    backend: z.literal("local"),
    /** Folder below the project's own. It holds secrets in clear: keep it out of git. Default `.state`. */
    directory: relativePath.default(".state"),
  }),
  z.strictObject({
    backend: z.literal("s3"),
    /** Name of a bucket that exists; turn its versioning on. */
    bucket: text(
      /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
      "a bucket's name: 3 to 63 of a-z, 0-9 and dashes, no dash at either end",
    ),
    /** Region of the bucket. */
    region: awsRegion,
    /** Folder in the bucket, to which `<stack>.tfstate` is added. Default: the environment's project. */
    keyPrefix: dashedName(64).optional(),
  }),
]);
