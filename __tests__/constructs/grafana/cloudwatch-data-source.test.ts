import { GrafanaProvider } from "@cdktf/provider-grafana/lib/provider";
import { Lazy, TerraformStack, Testing } from "cdktf";
import {
  type AwsCredentials,
  CloudWatchDataSource,
} from "../../../constructs/grafana/cloudwatch-data-source";
import { Template } from "../../support/template";

function synth(credentials?: AwsCredentials): Template {
  const stack = new TerraformStack(Testing.app(), "elsewhere");
  new GrafanaProvider(stack, "grafana", { url: "http://localhost:3000", auth: "anonymous" });
  const props = { uid: "cloudwatch", name: "CloudWatch", region: "eu-west-1" };
  new CloudWatchDataSource(stack, "cloudwatch", { ...props, credentials });
  return Template.synth(stack);
}

const settings = (template: Template) =>
  JSON.parse(String(template.resource("grafana_data_source").json_data_encoded)) as unknown;

const assumeRoleArn = "arn:aws:iam::123456789012:role/read-metrics";
const accessKey = {
  kind: "access-key",
  accessKeyId: { secret: "grafana_aws_access_key_id" },
  secretAccessKey: { secret: "grafana_aws_secret_access_key" },
} as const;

describe("CloudWatchDataSource", () => {
  it("takes the role of what the server runs on, and no secret", () => {
    for (const template of [synth(), synth({ kind: "instance-role" })]) {
      expect(settings(template)).toEqual({ authType: "default", defaultRegion: "eu-west-1" });
      expect(template.resource("grafana_data_source")).not.toHaveProperty("secure_json_data_encoded");
      expect(template.variables()).toEqual({});
    }
  });

  it("takes a key from two sensitive variables", () => {
    const template = synth(accessKey);
    expect(settings(template)).toEqual({ authType: "keys", defaultRegion: "eu-west-1" });
    expect(template.resource("grafana_data_source").secure_json_data_encoded).toBe(
      '${jsonencode({"accessKey" = var.grafana_aws_access_key_id, "secretKey" = var.grafana_aws_secret_access_key})}',
    );
    const sensitive = { sensitive: true, nullable: false };
    expect(template.variables()).toMatchObject({
      grafana_aws_access_key_id: sensitive,
      grafana_aws_secret_access_key: sensitive,
    });
  });

  it.each<AwsCredentials>([{ kind: "instance-role" }, accessKey])(
    "takes on another role by them: %j",
    (credentials) => {
      expect(settings(synth({ ...credentials, assumeRoleArn }))).toMatchObject({ assumeRoleArn });
    },
  );

  it("takes a role of the same stack", () => {
    const later = Lazy.stringValue({ produce: () => "${aws_iam_role.read.arn}" });
    expect(settings(synth({ kind: "instance-role", assumeRoleArn: later }))).toMatchObject({
      assumeRoleArn: "${aws_iam_role.read.arn}",
    });
  });

  it("refuses all that is wrong at once", () => {
    expect(() =>
      synth({ ...accessKey, accessKeyId: { secret: "AKIA" }, assumeRoleArn: "read-metrics" }),
    ).toThrow(
      /2 problems in its props:\n {2}credentials\.accessKeyId\.secret: found "AKIA", .*\n {2}credentials\.assumeRoleArn: found "read-metrics", allowed: the ARN of a role/,
    );
  });
});
