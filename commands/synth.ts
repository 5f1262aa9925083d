import { parseArgs } from "node:util";
import { loadEnvironments } from "../environments";
import { synthesize } from "../stacks";
import { run, UserError } from "./lib/run";
import { outputFolder, readSynthesizedStacks, removeOrphans } from "./lib/synth-output";
import { formatTable } from "./lib/table";

const usage = `Usage: npm run synth [-- --json]

Writes the Terraform JSON of every stack to ${outputFolder}/, as \`cdktf synth\` does.

  --json             print the stacks as JSON, for machines
  ENVIRONMENT=a,b    only these environments`;

run(() => {
  const { json } = options();
  synthesize(loadEnvironments(process.env.ENVIRONMENT), outputFolder);
  removeOrphans(outputFolder);
  const stacks = readSynthesizedStacks(outputFolder).map(({ name, resources, folder, dependencies }) => ({
    stack: name,
    resources,
    folder,
    dependencies,
  }));
  if (json) {
    console.log(JSON.stringify(stacks, null, 2));
    return;
  }
  const rows = stacks.map(({ stack, resources, folder, dependencies }) => [
    stack,
    resources,
    folder,
    dependencies.join(", "),
  ]);
  console.log(formatTable(["STACK", "RESOURCES", "FOLDER", "AFTER"], rows));
});

function options(): { json: boolean } {
  try {
    const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });
    return values;
  } catch (error) {
    throw new UserError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}
