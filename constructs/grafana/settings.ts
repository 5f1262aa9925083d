import { z } from "zod";
import { roleArn, secretName, text, textThat } from "../../schema/primitives";

/** Stable id of a folder, a dashboard or a data source in Grafana's URLs. */
export const uid = text(/^[A-Za-z0-9_-]{1,40}$/, "1 to 40 letters, digits, dashes and underscores");

/** A basic role of Grafana, each with the rights of those before it. */
export const role = z.enum(["Viewer", "Editor", "Admin"]);

/** The least role that sees a folder unless another is said: that of everybody with an account. */
export const defaultRole = "Viewer";

function isTimezone(name: string): boolean {
  return name === "browser" || name === "utc" || Intl.supportedValuesOf("timeZone").includes(name);
}

/** Time zone of what has none of its own. */
export const timezone = textThat(isTimezone, `"browser", "utc" or a time zone such as "Europe/Berlin"`);

const ofVariable = z.strictObject({ secret: secretName });
const assumedRole = {
  /** ARN of a role that Grafana takes on with these credentials. Default: none, they are used as they are. */
  assumeRoleArn: roleArn.optional(),
};

/** By what Grafana's server shows AWS who it is: `AwsCredentials`. */
export const awsCredentials = z.discriminatedUnion("kind", [
  /** The role of the EC2 instance that the server's container runs on; its metadata service must allow two hops. */
  z.strictObject({ kind: z.literal("instance-role"), ...assumedRole }),
  /** A user's access key. */
  z.strictObject({
    kind: z.literal("access-key"),
    /** Name of the sensitive Terraform variable that holds the key's id. */
    accessKeyId: ofVariable,
    /** Name of the sensitive Terraform variable that holds the key itself. */
    secretAccessKey: ofVariable,
    ...assumedRole,
  }),
]);
