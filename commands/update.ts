import "../operations/terminal/load-failure";
import { join } from "node:path";
import { loadEnvironments } from "../environments";
import { bringUpToDate, compared, difference, isCurrent } from "../review/generated-file";
import { generatedFiles } from "../review/generated-files";
import { packageReference, referencePath } from "../review/package/api-document";
import { CommandError, run } from "../operations/terminal/command";
import { parseOptions, unknownName } from "../operations/terminal/options";

const root = join(__dirname, "..");
const help = `Writes all that is made from other files here: documents, their tables, and the snapshots of dashboards and of the stacks of every environment. Says in a line each what became of it. Read the difference before you commit it.

npm run update
npm run update -- docs/alerts.md    only this file
npm run update:check
  --check   write nothing; exit status 1 where a file is not what it must be
  --help    print this text`;

run(help, async (args) => {
  const { values, positionals } = parseOptions({
    args,
    allowPositionals: true,
    options: { check: { type: "boolean", default: false } },
  });
  const files = generatedFiles(loadEnvironments(undefined), root);
  const paths = [...files.map(({ path }) => path), referencePath];
  for (const name of positionals) if (!paths.includes(name)) throw unknownName("file", name, paths);
  const isChosen = (path: string) => positionals.length === 0 || positionals.includes(path);
  // All are made before the first is written: a mistake anywhere leaves every file as it was.
  const chosen = files.filter(({ path }) => isChosen(path)).map((file) => compared(file, root));
  if (isChosen(referencePath)) chosen.push(compared(await packageReference(root), root));
  if (values.check) {
    const stale = chosen.filter((each) => !isCurrent(each));
    if (stale.length === 0) {
      console.log(`${String(chosen.length)} generated files, all as they must be.`);
      return;
    }
    const lines = stale.map((each) => `${each.path} ${difference(each)}`);
    throw new CommandError(`${lines.join("\n")}\nRun \`npm run update\`, and commit what it writes.`);
  }
  const width = Math.max(...chosen.map(({ path }) => path.length));
  for (const each of chosen) console.log(`${each.path.padEnd(width)}  ${bringUpToDate(each, root)}`);
});
