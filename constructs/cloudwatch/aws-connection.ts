import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Construct } from "constructs";

/** Props of `AwsConnection`. */
export interface AwsConnectionProps {
  /** Region of all resources, such as `eu-central-1`. */
  readonly region: string;
  /**
   * Base URL of an AWS emulator that takes AWS's place, with made-up credentials.
   * @default - the real AWS, with the credentials that Terraform finds when it runs
   */
  readonly emulatorUrl?: string;
  /**
   * Tags of all resources that take tags.
   * @default {}
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Services that the emulator takes the place of besides those of alarms and log groups, by the provider's names for their
   * endpoints, such as `amp`.
   * @default []
   */
  readonly alsoEmulated?: readonly string[];
}

/** The stack's AWS provider, for AWS or for an emulator of it. It takes no credentials. */
export class AwsConnection extends Construct {
  constructor(scope: Construct, id: string, props: AwsConnectionProps) {
    super(scope, id);
    const { region, emulatorUrl, tags = {}, alsoEmulated = [] } = props;
    new AwsProvider(this, "provider", {
      region,
      defaultTags: [{ tags: { ...tags } }],
      ...(emulatorUrl === undefined ? {} : emulator(emulatorUrl, alsoEmulated)),
    });
  }
}

/** The services of alarms, their topics and log groups, by the provider's names for their endpoints. */
const emulated = ["cloudwatch", "eventbridge", "iam", "kms", "logs", "sns", "sqs", "sts"];

function emulator(url: string, alsoEmulated: readonly string[]) {
  return {
    // No secrets: the emulator accepts any, and the provider insists on some.
    accessKey: "emulator",
    secretKey: "emulator",
    // An emulator that is not there is said so in seconds; the provider's default is 25 attempts.
    maxRetries: 3,
    skipCredentialsValidation: true,
    skipMetadataApiCheck: "true",
    skipRequestingAccountId: true,
    skipRegionValidation: true,
    endpoints: [Object.fromEntries([...emulated, ...alsoEmulated].map((service) => [service, url]))],
  };
}
