import "./lib/load-failure";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { run } from "./lib/cli";
import { outputFolder, readSynthesizedStacks, removeOrphans } from "./lib/synth-output";
import { formatTable } from "./lib/table";

const help = `Writes the Terraform JSON of every stack to ${outputFolder}/, as \`cdktf synth\` does.

npm run synth [-- --json]
ENVIRONMENT=dev,prod npm run synth    only these environments
  --json    print the stacks as JSON
  --help    print this text`;

run(help, (args) => {
  const { json } = parseArgs({ args, options: { json: { type: "boolean", default: false } } }).values;
  // The program of cdktf.json itself: it writes the same and refuses the same, with the same words.
  const { status } = spawnSync(process.execPath, [join(__dirname, "app.cjs")], {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, CDKTF_OUTDIR: outputFolder },
  });
  if (status !== 0) {
    process.exitCode = 1;
    return;
  }
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
