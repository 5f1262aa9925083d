import "../operations/terminal/load-failure";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { clearLeftovers } from "../operations/backup/leftovers";
import { defaultFolder } from "../operations/backup/manifest";
import { sizeText } from "../operations/backup/sizes";
import { findParts, programsIn, subjectOf } from "../operations/backup/subject";
import { takeBackup } from "../operations/backup/take";
import { CommandError, run } from "../operations/terminal/command";
import { abortedBy } from "../operations/backup/stopping";
import { parseOptions } from "../operations/terminal/options";
import { formatTable } from "../operations/terminal/table";
import { oneEnvironmentOf, requiredSelection } from "../operations/terraform/selection";

const help = `Backs up the data of Grafana, Prometheus and Alertmanager while they run. Each is paused for about a second. A backup is a folder that only you can read: it holds secrets.

npm run backup -- <environment> [--to DIR] [--only PROGRAMS]
npm run backup -- prod                     into ${defaultFolder}/prod-<time>
npm run backup -- prod --to /mnt/backups   into a folder of that one
  --to DIR          folder in which the backup's own is made (default ${defaultFolder})
  --only PROGRAMS   some of grafana,prometheus,alertmanager
  --clear           put in order what a run on another machine has left, which is dead
  --help            print this text`;

run(help, async (args, stopped) => {
  const { values, positionals } = parseOptions({
    args,
    allowPositionals: true,
    options: {
      to: { type: "string", default: defaultFolder },
      only: { type: "string" },
      clear: { type: "boolean", default: false },
    },
  });
  const programs = programsIn(values.only);
  const name = oneEnvironmentOf(requiredSelection(positionals, "npm run backup"));
  const subject = subjectOf(name);
  await clearLeftovers(subject, values.clear, console.log);
  const { found, missing } = await findParts(subject, programs);
  if (found.length === 0) {
    throw new CommandError(
      `None of ${missing.join(", ")} is on ${subject.engine.host}. Deploy first: npm run deploy -- ${name}`,
    );
  }
  if (missing.length > 0) console.log(`Not there, and not in this backup: ${missing.join(", ")}`);
  const { version } = JSON.parse(readFileSync(join(__dirname, "../package.json"), "utf8")) as {
    version: string;
  };
  const { folder, manifest } = await takeBackup(subject, found, {
    to: values.to,
    writtenBy: version,
    say: console.log,
    signal: abortedBy(stopped),
  });
  const rows = manifest.parts.map((part) => [
    part.name,
    part.image,
    sizeText(part.bytes),
    `${(part.pausedMs / 1000).toFixed(2)} s`,
  ]);
  console.log(`\n${formatTable(["WHAT", "OF", "SIZE", "PAUSED"], rows)}`);
  console.log(`\n${folder}\nRestore it: npm run restore -- ${name} --from ${folder}`);
});
