import "../operations/terminal/load-failure";
import { run } from "../operations/terminal/command";
import { parseOptions } from "../operations/terminal/options";
import { formatTable } from "../operations/terminal/table";
import { commandLine } from "../operations/up/command-line";
import { asVariables } from "../operations/up/secrets";
import { localSystem } from "../operations/up/system";
import { takeDown, volumesThere } from "../operations/up/take-down";

const help = `Removes what \`npm run up\` made, in the reverse order. The volumes with the data stay, and the next up uses them.

npm run down                          the environment local
npm run down -- local-alertmanager    one of its stacks
  --volumes    remove the volumes too, with all data in them
  --help       print this text`;

run(help, async (args) => {
  const { values, positionals } = parseOptions({
    args,
    allowPositionals: true,
    options: { volumes: { type: "boolean", default: false } },
  });
  const { environment, contents, values: secrets } = localSystem(positionals);
  // Terraform wants a value for each variable, though a destroy has no use for most of them.
  const unused = contents.flatMap(({ variables }) => variables.map(({ name }) => [name, "unused"] as const));
  const env = asVariables({
    ...Object.fromEntries(unused.filter(([name]) => !process.env[`TF_VAR_${name}`])),
    ...secrets,
  });
  const results = await takeDown(contents, env, values.volumes, console.log);
  const rows = results.map(({ stack, removed, outcome }) => [stack, removed, outcome]);
  if (rows.length > 0) console.log(`\n${formatTable(["STACK", "REMOVED", "OUTCOME"], rows)}`);
  const left = await volumesThere(contents);
  if (left.length > 0) {
    console.log(
      `\nThese volumes stay: ${left.join(", ")}.\n${commandLine("down", environment.name, "--volumes")} removes them.`,
    );
  }
});
