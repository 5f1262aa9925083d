import { environmentsOf, inOrder, selectStacks } from "../../commands/lib/selection";
import type { SynthesizedStack } from "../../commands/lib/synth-output";

const stack = (name: string, dependencies: string[] = []): SynthesizedStack => ({
  name,
  dependencies,
  folder: "",
  resources: 1,
  variables: [],
});
const stacks = [
  stack("dev-alertmanager", ["dev-docker"]),
  stack("dev-cloudwatch"),
  stack("dev-docker"),
  stack("dev-grafana", ["dev-docker"]),
];
const names = (selected: readonly SynthesizedStack[]) => selected.map(({ name }) => name);

describe("the environments of a selection", () => {
  it("are those that are named, and those of the stacks", () => {
    expect(environmentsOf(["dev", "prod-docker", "prod-grafana"])).toEqual(["dev", "prod"]);
  });

  it("are refused when there is none, with those that there are", () => {
    expect(() => environmentsOf(["production"])).toThrow(
      `"production" is neither an environment nor a stack. The environments: local, dev, staging, prod.`,
    );
  });
});

describe("the selected stacks", () => {
  it("of an environment are all, each after those that it needs", () => {
    expect(names(selectStacks(["dev"], stacks))).toEqual([
      "dev-docker",
      "dev-alertmanager",
      "dev-cloudwatch",
      "dev-grafana",
    ]);
  });

  it("are the one that is named, without those that it needs", () => {
    expect(names(selectStacks(["dev-grafana"], stacks))).toEqual(["dev-grafana"]);
  });

  it("are each there once, whatever the order in which they are asked for", () => {
    expect(names(selectStacks(["dev-grafana", "dev-docker", "dev-grafana"], stacks))).toEqual([
      "dev-docker",
      "dev-grafana",
    ]);
  });

  it("are refused when there is none of that name", () => {
    expect(() => selectStacks(["dev-dokcer"], stacks)).toThrow(
      `There is no stack "dev-dokcer". The stacks of this environment: dev-alertmanager, dev-cloudwatch, `,
    );
  });
});

it("order holds over several steps", () => {
  const chain = [stack("a", ["b"]), stack("b", ["c"]), stack("c")];
  expect(names(inOrder(chain))).toEqual(["c", "b", "a"]);
});
