import {
  environmentsOf,
  inOrder,
  requiredSelection,
  selectionOf,
  selectStacks,
} from "../../../operations/terraform/selection";
import type { SynthesizedStack } from "../../../operations/terraform/synth-output";
import { environmentNames } from "../../../environments";

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

const known = ["dev", "eu", "eu-west", "prod"];

describe("a selection", () => {
  it("is what is named, else what ENVIRONMENT names", () => {
    expect(selectionOf(["dev", "prod-docker"], "eu")).toEqual(["dev", "prod-docker"]);
    expect(selectionOf([], "eu, dev prod")).toEqual(["eu", "dev", "prod"]);
    expect(selectionOf([], undefined)).toEqual([]);
    expect(selectionOf([], "")).toEqual([]);
  });

  it("must be there for some commands, which say what it may be", () => {
    expect(requiredSelection(["dev"], "npm run deploy")).toEqual(["dev"]);
    const before = process.env.ENVIRONMENT;
    delete process.env.ENVIRONMENT;
    try {
      expect(() => requiredSelection([], "npm run deploy")).toThrow(
        `Which environment? There are ${environmentNames.join(", ")}: npm run deploy -- `,
      );
      process.env.ENVIRONMENT = "eu";
      expect(requiredSelection([], "npm run deploy")).toEqual(["eu"]);
    } finally {
      delete process.env.ENVIRONMENT;
      if (before !== undefined) process.env.ENVIRONMENT = before;
    }
  });
});

describe("the environments of a selection", () => {
  it("are those that are named, and those of the stacks", () => {
    expect(environmentsOf(["dev", "prod-docker", "prod-grafana"], known)).toEqual(["dev", "prod"]);
    expect(environmentsOf(["eu-west-docker", "eu-docker"], known)).toEqual(["eu-west", "eu"]);
  });

  it.each([
    ["dve", `; did you mean "dev"? `],
    ["dev-dokcer", `; did you mean "dev-docker"? `],
    ["eu-wset-grafana", `; did you mean "eu-west-grafana"? `],
    ["production", `. `],
  ])("are refused when there is none, with what is near and those that there are: %s", (name, hint) => {
    expect(() => environmentsOf([name], known)).toThrow(
      `"${name}" is neither an environment nor a stack${hint}The environments: dev, eu, eu-west, prod. ` +
        "The stacks that each can have: <environment>-metrics, <environment>-cloudwatch, <environment>-docker, ",
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
      `There is no stack "dev-dokcer"; did you mean "dev-docker"? Those that there are: dev-alertmanager, dev-cloudwatch, `,
    );
  });
});

it("order holds over several steps", () => {
  const chain = [stack("a", ["b"]), stack("b", ["c"]), stack("c")];
  expect(names(inOrder(chain))).toEqual(["c", "b", "a"]);
});
