import { Network } from "@cdktf/provider-docker/lib/network";
import { Volume } from "@cdktf/provider-docker/lib/volume";
import { App, TerraformStack } from "cdktf";
import { addStacks } from "../../stacks";
import { SelfContainedStack } from "../../stacks/self-contained-stack";
import { loadEnvironments } from "../support/environments";

/** The stacks of an app whose rendering changes when the framework looks for what they take of others. */
function takingOfOthers(app: App): readonly string[] {
  const stacks = app.node.children.filter((child) => child instanceof SelfContainedStack);
  return stacks
    .filter((stack) => {
      const before = JSON.stringify(stack.toTerraform());
      TerraformStack.prototype.prepareStack.call(stack);
      return JSON.stringify(stack.toTerraform()) !== before;
    })
    .map(({ node }) => node.id);
}

it.each(loadEnvironments(undefined))("$name: no such stack takes anything of another one", (environment) => {
  const app = new App();
  addStacks(app, environment);
  expect(app.node.children.filter((child) => child instanceof SelfContainedStack)).toHaveLength(2);
  expect(takingOfOthers(app)).toEqual([]);
});

it("is found out where one does", () => {
  class Taking extends SelfContainedStack {}
  const app = new App();
  const giving = new TerraformStack(app, "giving");
  const network = new Network(giving, "network", { name: "shared" });
  new Volume(new Taking(app, "taking"), "volume", { name: network.id });
  expect(takingOfOthers(app)).toEqual(["taking"]);
});
