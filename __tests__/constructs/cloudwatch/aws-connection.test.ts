import { TerraformStack, Testing } from "cdktf";
import { AwsConnection, type AwsConnectionProps } from "../../../constructs/cloudwatch/aws-connection";
import { Template } from "../../support/template";

function provider(props: AwsConnectionProps) {
  const stack = new TerraformStack(Testing.app(), "foreign");
  new AwsConnection(stack, "aws", props);
  return Template.synth(stack).provider("aws");
}

describe("AwsConnection", () => {
  it("takes no credentials for the real AWS", () => {
    expect(provider({ region: "eu-west-1", tags: { Project: "shop" } })).toEqual({
      region: "eu-west-1",
      default_tags: [{ tags: { Project: "shop" } }],
    });
  });

  it("sends every service that the stack uses to the emulator", () => {
    const url = "http://127.0.0.1:5566";
    expect(provider({ region: "eu-west-1", emulatorUrl: url })).toMatchObject({
      access_key: "emulator",
      secret_key: "emulator",
      max_retries: 3,
      skip_credentials_validation: true,
      skip_metadata_api_check: "true",
      skip_requesting_account_id: true,
      skip_region_validation: true,
      endpoints: [{ cloudwatch: url, eventbridge: url, kms: url, logs: url, sns: url, sqs: url, sts: url }],
    });
  });

  it("sends those there, too, that are named besides", () => {
    const url = "http://127.0.0.1:5566";
    expect(provider({ region: "eu-west-1", emulatorUrl: url, alsoEmulated: ["amp"] })).toMatchObject({
      endpoints: [{ amp: url, sns: url }],
    });
  });
});
