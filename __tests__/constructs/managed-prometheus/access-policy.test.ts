import { WorkspaceAccessPolicy } from "../../../constructs/managed-prometheus/access-policy";
import { parsed } from "../../support/template";
import { messageOf, synth } from "../cloudwatch/support";

function actionsOf(access: "write" | "read") {
  const template = synth((stack) => {
    new WorkspaceAccessPolicy(stack, "policy", { name: "parcels", workspaceArn: "arn:workspace", access });
  });
  const { Statement } = parsed(template.resource("aws_iam_policy"), "policy") as {
    Statement: readonly { Action: readonly string[]; Resource: string; Effect: string }[];
  };
  expect(Statement).toHaveLength(1);
  expect(Statement[0]).toMatchObject({ Effect: "Allow", Resource: "arn:workspace" });
  return Statement[0]?.Action ?? [];
}

describe("WorkspaceAccessPolicy", () => {
  it("lets agents write to one workspace, and nothing else", () => {
    expect(actionsOf("write")).toEqual(["aps:RemoteWrite"]);
  });

  it("lets readers ask, and change nothing", () => {
    const actions = actionsOf("read");
    expect(actions).toContain("aps:QueryMetrics");
    for (const action of actions) expect(action).toMatch(/^aps:(?:Query|Get|List)[A-Z]\w+$/);
  });

  it("refuses a name that AWS would refuse", () => {
    expect(
      messageOf(
        (stack) =>
          new WorkspaceAccessPolicy(stack, "policy", {
            name: "a name",
            workspaceArn: "arn",
            access: "read",
          }),
      ),
    ).toContain("name: found");
  });
});
