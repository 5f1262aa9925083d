import { importedLater } from "../operations/terminal/load-failure";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { run } from "../operations/terminal/command";
import { parseOptions } from "../operations/terminal/options";
import { sharedStateWarning } from "../operations/terraform/shared-state";
import { outputFolder, readSynthesizedStacks, removeOrphans } from "../operations/terraform/synth-output";
import { formatTable } from "../operations/terminal/table";

const help = `Writes the Terraform JSON of every stack to ${outputFolder}/, as \`cdktf synth\` does.

npm run synth
npm run synth -- dev prod             only these environments; a stack's name stands for its environment
ENVIRONMENT=dev,prod npm run synth    the same by a variable
  --json    print the stacks as JSON
  --help    print this text`;

run(help, async (args) => {
  const { values, positionals } = parseOptions({
    args,
    allowPositionals: true,
    options: { json: { type: "boolean", default: false } },
  });
  // The program of cdktf.json itself: it writes the same and refuses the same, with the same words.
  const { status } = spawnSync(process.execPath, [join(__dirname, "app.cjs")], {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, CDKTF_OUTDIR: outputFolder, ...(await selected(positionals)) },
  });
  if (status !== 0) {
    process.exitCode = 1;
    return;
  }
  removeOrphans(outputFolder);
  const synthesized = readSynthesizedStacks(outputFolder);
  const warning = sharedStateWarning(synthesized);
  if (warning !== undefined) console.error(warning);
  const stacks = synthesized.map(({ name, resources, folder, dependencies }) => ({
    stack: name,
    resources,
    folder,
    dependencies,
  }));
  if (values.json) {
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

/** The variable that selects what is named. Without a name the environments need not be read here, which takes time. */
async function selected(names: readonly string[]): Promise<NodeJS.ProcessEnv> {
  if (names.length === 0) return {};
  const { environmentsOf } = await importedLater(import("../operations/terraform/selection.js"));
  return { ENVIRONMENT: environmentsOf(names).join(",") };
}
