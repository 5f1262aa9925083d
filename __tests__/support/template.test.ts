import { LocalBackend, TerraformOutput, TerraformStack, Testing } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { parsed, Template } from "./template";

function stack(id = "stack", app = Testing.app()): TerraformStack {
  const made = new TerraformStack(app, id);
  new AwsProvider(made, "aws", { region: "eu-central-1" });
  new LocalBackend(made, { path: `${id}.tfstate` });
  return made;
}

describe("Template", () => {
  it("gives resources by type, and one where there is one", () => {
    const made = stack();
    new SnsTopic(made, "b", { name: "second" });
    new SnsTopic(made, "a", { name: "first" });
    const template = Template.synth(made);
    expect(template.resources("aws_sns_topic").map(({ name }) => name)).toEqual(["first", "second"]);
    expect(template.logicalIds("aws_sns_topic")).toEqual(["a", "b"]);
    expect(template.logicalIds()).toEqual(["aws_sns_topic.a", "aws_sns_topic.b"]);
    expect(template.resources("aws_sqs_queue")).toEqual([]);
    expect(() => template.resource("aws_sns_topic")).toThrow("Expected one aws_sns_topic, found 2.");
    expect(() => template.resource("aws_sqs_queue")).toThrow("Expected one aws_sqs_queue, found 0.");
    expect(template.provider("aws")).toEqual({ region: "eu-central-1" });
  });

  it("runs validations: a missing provider fails", () => {
    const made = new TerraformStack(Testing.app(), "stack");
    new SnsTopic(made, "topic", { name: "topic" });
    expect(() => Template.synth(made)).toThrow(/provider/i);
  });

  it("prepares stacks, so that a reference to another one is remote state and not a dangling name", () => {
    const app = Testing.app();
    const topic = new SnsTopic(stack("first", app), "topic", { name: "topic" });
    const second = stack("second", app);
    new TerraformOutput(second, "topic", { value: topic.arn });
    const template = Template.synth(second);
    expect(template.outputs().topic?.value).toMatch(/^\$\{data\.terraform_remote_state\./);
    expect(template.data("terraform_remote_state")).toHaveLength(1);
  });

  it("parses the JSON in an attribute", () => {
    const made = stack();
    new SnsTopic(made, "topic", { name: "topic", policy: '{"Version":"1"}' });
    const template = Template.synth(made);
    expect(parsed(template.resource("aws_sns_topic"), "policy")).toEqual({ Version: "1" });
    expect(() => parsed(template.resource("aws_sns_topic"), "arn")).toThrow("arn is no text: undefined");
  });
});
