import "../operations/terminal/load-failure";
import { run } from "../operations/terminal/command";
import { parseOptions } from "../operations/terminal/options";
import { formatTable } from "../operations/terminal/table";
import { assertDataNamed, assertNames, lostDataOf } from "../operations/terraform/lost-data";
import { commandLine } from "../operations/up/command-line";
import { asVariables } from "../operations/up/secrets";
import { localSystem } from "../operations/up/system";
import { takeDown, volumesThere } from "../operations/up/take-down";

const help = `Removes what \`npm run up\` made, in the reverse order. The volumes with the data stay, and the next up uses them.

npm run down                          the environment local
npm run down -- local-alertmanager    one of its stacks
  --volumes             remove the volumes too, with all data in them; you are told what is lost and asked for the environment's name
  --data ENVIRONMENT    the same, with the answer, for scripts
  --help                print this text`;

run(help, async (args) => {
  const { values, positionals } = parseOptions({
    args,
    allowPositionals: true,
    options: {
      volumes: { type: "boolean", default: false },
      data: { type: "string", multiple: true, default: [] },
    },
  });
  const { data } = values;
  const withVolumes = values.volumes || data.length > 0;
  const { environment, contents, values: secrets } = localSystem(positionals);
  assertNames(data, [environment.name]);
  if (withVolumes) await assertDataNamed(environment.name, await lostDataOf(contents), data, console.log);
  // Terraform wants a value for each variable, though a destroy has no use for most of them.
  const unused = contents.flatMap(({ variables }) => variables.map(({ name }) => [name, "unused"] as const));
  const env = asVariables({
    ...Object.fromEntries(unused.filter(([name]) => !process.env[`TF_VAR_${name}`])),
    ...secrets,
  });
  const results = await takeDown(contents, env, withVolumes, console.log);
  const rows = results.map(({ stack, removed, outcome }) => [stack, removed, outcome]);
  if (rows.length > 0) console.log(`\n${formatTable(["STACK", "REMOVED", "OUTCOME"], rows)}`);
  const left = await volumesThere(contents);
  if (left.length > 0) {
    console.log(
      `\nThese volumes stay: ${left.join(", ")}.\n${commandLine("down", environment.name, "--volumes")} removes them.`,
    );
  }
});
