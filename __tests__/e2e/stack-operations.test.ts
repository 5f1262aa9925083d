import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inOrder } from "../../operations/terraform/selection";
import { operate, type Operation } from "../../operations/terraform/stack-operations";
import { readSynthesizedStacks, type SynthesizedStack } from "../../operations/terraform/synth-output";
import { describeWith } from "../support/require-program";
import { temporaryFolder } from "../support/temporary-folder";

const makeFolder = temporaryFolder();

/**
 * Two stacks as synth writes them, of resources that are built into Terraform and need no provider: `x-network`, and
 * `x-app`, which takes the network's id from its state.
 */
function project(): { stacks: SynthesizedStack[]; folder: string; readonly setSize: (size: number) => void } {
  const folder = makeFolder();
  const backend = (stack: string) => ({ local: { path: `../../../.state/${stack}.tfstate` } });
  const write = (stack: string, json: object) => {
    const path = join(folder, "cdktf.out", "stacks", stack);
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, "cdk.tf.json"), JSON.stringify(json));
  };
  const setSize = (size: number) => {
    write("x-network", {
      terraform: { backend: backend("x-network") },
      variable: { token: { sensitive: true, type: "string" } },
      resource: { terraform_data: { network: { input: { size, token: "${var.token}" } } } },
      output: { id: { value: "${terraform_data.network.id}" } },
    });
  };
  setSize(1);
  write("x-app", {
    terraform: { backend: backend("x-app") },
    data: { terraform_remote_state: { network: { backend: "local", config: backend("x-network").local } } },
    resource: {
      terraform_data: { app: { input: "${data.terraform_remote_state.network.outputs.id}" } },
    },
  });
  const entry = (name: string, dependencies: string[]) => ({
    name,
    dependencies,
    workingDirectory: `stacks/${name}`,
    synthesizedStackPath: `stacks/${name}/cdk.tf.json`,
  });
  const stacks = { "x-app": entry("x-app", ["x-network"]), "x-network": entry("x-network", []) };
  writeFileSync(join(folder, "cdktf.out", "manifest.json"), JSON.stringify({ stacks }));
  return { stacks: inOrder(readSynthesizedStacks(join(folder, "cdktf.out"))), folder, setSize };
}

const token = "s3cr3t-t0ken";
let printed: string[] = [];

beforeEach(() => {
  process.env.TF_VAR_token = token;
  delete process.env.TF_CLI_CONFIG_FILE;
  printed = [];
  jest.spyOn(console, "log").mockImplementation((line: string) => printed.push(line));
});
afterEach(() => {
  jest.restoreAllMocks();
});

async function all(stacks: readonly SynthesizedStack[], operation: Operation, json = false) {
  const results = [];
  for (const stack of stacks) results.push(await operate(stack, operation, { json, yes: true }));
  return results.map(({ stack, added, changed, removed, outcome }) => [
    stack,
    added,
    changed,
    removed,
    outcome,
  ]);
}

jest.setTimeout(120_000);

const terraform = { name: "terraform", hint: "https://developer.hashicorp.com/terraform/install" };
describeWith([terraform], "deploy, diff and destroy, with Terraform", () => {
  it("make the stacks in order, find nothing to change, change what changed, and leave nothing", async () => {
    const { stacks, folder, setSize } = project();
    expect(stacks.map(({ name }) => name)).toEqual(["x-network", "x-app"]);
    expect(await all(stacks.slice(0, 1), "diff")).toEqual([["x-network", 1, 0, 0, "would change"]]);
    expect(existsSync(join(folder, ".state", "x-network.tfstate"))).toBe(false);
    expect(await all(stacks, "deploy")).toEqual([
      ["x-network", 1, 0, 0, "done"],
      ["x-app", 1, 0, 0, "done"],
    ]);
    expect(printed).toContainEqual(
      expect.stringMatching(/^x-app: terraform_data\.app: Creation complete after 0s \[id=.+\]$/),
    );
    // Terraform repeats the plan when it applies it; we do not.
    expect(printed.filter((line) => line.includes("terraform_data.app: Plan to create"))).toHaveLength(1);
    expect(await all(stacks, "diff")).toEqual([
      ["x-network", 0, 0, 0, "no changes"],
      ["x-app", 0, 0, 0, "no changes"],
    ]);
    setSize(2);
    expect(await all(stacks, "deploy")).toEqual([
      ["x-network", 0, 1, 0, "done"],
      ["x-app", 0, 0, 0, "no changes"],
    ]);
    expect(await all([...stacks].reverse(), "destroy")).toEqual([
      ["x-app", 0, 0, 1, "done"],
      ["x-network", 0, 0, 1, "done"],
    ]);
  });

  it("keep the state for its owner, and no plan with its secrets", async () => {
    const { stacks, folder } = project();
    await all(stacks, "deploy");
    expect(statSync(join(folder, ".state")).mode & 0o777).toBe(0o700);
    expect(existsSync(join(stacks[0]?.folder ?? "", "stack.tfplan"))).toBe(false);
    expect(printed.join("\n")).not.toContain(token);
  });

  it("print Terraform's own lines for machines, each with its stack", async () => {
    const { stacks } = project();
    await all(stacks.slice(0, 1), "deploy", true);
    const events = printed.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(events.every(({ stack }) => stack === "x-network")).toBe(true);
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(["change_summary", "apply_complete"]),
    );
    expect(printed.join("\n")).not.toContain(token);
  });

  it("say which stack must be there first", async () => {
    const [, app] = project().stacks;
    await expect(all(app ? [app] : [], "deploy")).rejects.toThrow(
      /^x-app: plan failed\.\n[^]*x-app needs what x-network made\. Deploy that first: npm run deploy -- x-network$/,
    );
  });

  it("say what Terraform found wrong, without its JSON", async () => {
    const { stacks } = project();
    const [network] = stacks;
    const path = join(network?.folder ?? "", "cdk.tf.json");
    writeFileSync(path, JSON.stringify({ resource: { terraform_data: { network: { colour: "red" } } } }));
    await expect(all(stacks, "deploy")).rejects.toThrow(
      /^x-network: (?:init|plan) failed\.\n {2}.*colour[^{]*$/s,
    );
  });

  it("keep what is protected, in the state too, until it is asked for by name", async () => {
    const { stacks, folder } = project();
    const [network] = stacks;
    if (!network) throw new Error("No stack.");
    const write = (json: object) => {
      const backend = { local: { path: "../../../.state/x-network.tfstate" } };
      writeFileSync(join(network.folder, "cdk.tf.json"), JSON.stringify({ terraform: { backend }, ...json }));
    };
    const data = { input: "samples", lifecycle: { prevent_destroy: true } };
    const server = { input: "${terraform_data.data.id}" };
    const whole = { resource: { terraform_data: { data, server } } };
    const stateOf = () => readFileSync(join(folder, ".state", "x-network.tfstate"), "utf8");
    const run = (operation: Operation, withData = false) =>
      operate(network, operation, { json: false, yes: true, withData });

    write(whole);
    await run("deploy");
    const id = /"id": "([0-9a-f-]+)"/.exec(stateOf())?.[1] ?? "";
    expect(await run("destroy")).toMatchObject({
      removed: 1,
      outcome: "done",
      kept: ["terraform_data.data"],
    });
    expect(stateOf()).toContain(id);
    expect(await run("destroy")).toMatchObject({ outcome: "no changes", kept: ["terraform_data.data"] });

    // The next deploy goes on with it, at another address, too.
    const moved = [{ from: "terraform_data.data", to: "terraform_data.renamed" }];
    const renamed = {
      moved,
      resource: { terraform_data: { renamed: data, server: { input: "${terraform_data.renamed.id}" } } },
    };
    write(renamed);
    expect(await run("destroy")).toMatchObject({ outcome: "no changes", kept: ["terraform_data.renamed"] });
    expect(await run("deploy")).toMatchObject({ added: 1, removed: 0 });
    expect(stateOf()).toContain(id);

    expect(await run("destroy", true)).toMatchObject({ removed: 2, outcome: "done", kept: [] });
    expect(stateOf()).not.toContain(id);
  });

  it("ask before they change something, and refuse where nobody can answer", async () => {
    const [network] = project().stacks;
    if (!network) throw new Error("No stack.");
    const wasTTY = process.stdin.isTTY;
    process.stdin.isTTY = false;
    try {
      await expect(operate(network, "deploy", { json: false, yes: false })).rejects.toThrow(
        "Nobody is there to confirm the deploy of x-network. Add --yes",
      );
    } finally {
      process.stdin.isTTY = wasTTY;
    }
    expect(await all([network], "diff")).toEqual([["x-network", 1, 0, 0, "would change"]]);
  });
});
