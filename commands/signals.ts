import "../operations/terminal/load-failure";
import { loadEnvironments } from "../environments";
import { run } from "../operations/terminal/command";
import { parseOptions } from "../operations/terminal/options";
import { writeTextFile } from "../operations/terminal/text-file";
import { formatTable } from "../operations/terminal/table";
import { lineWidth } from "../operations/terminal/wrap";
import { oneEnvironmentOf, requiredSelection } from "../operations/terraform/selection";
import { picture } from "../signals/picture";
import { signalsOf } from "../signals/signals";
import { signalTables } from "../signals/tables";
import { watchedOf } from "../stacks/system";

const help = `Says what produces signals in an environment, what reads them, who is told, and what is left out for lack of any of these. Asks nothing that runs.

npm run signals -- <environment> [--json] [--picture FILE.svg]
npm run signals -- prod
  --json            print it all as JSON
  --picture FILE    write it as a picture, in SVG, too
  --help            print this text`;

run(help, (args) => {
  const { values, positionals } = parseOptions({
    args,
    allowPositionals: true,
    options: { json: { type: "boolean", default: false }, picture: { type: "string" } },
  });
  const name = oneEnvironmentOf(requiredSelection(positionals, "npm run signals"));
  for (const environment of loadEnvironments(name)) {
    const signals = signalsOf(watchedOf(environment));
    if (values.picture !== undefined) writeTextFile(values.picture, picture(signals));
    if (values.json) console.log(JSON.stringify(signals, null, 2));
    else {
      const tables = signalTables(signals).map(
        ({ title, headings, rows }) => `${title}\n\n${formatTable(headings, rows, lineWidth())}`,
      );
      console.log(tables.join("\n\n"));
    }
    if (values.picture !== undefined && !values.json) console.log(`\nThe picture is ${values.picture}.`);
  }
});
