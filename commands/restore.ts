import "../operations/terminal/load-failure";
import { clearLeftovers } from "../operations/backup/leftovers";
import { assertWhole, backupAt } from "../operations/backup/manifest";
import { assertRoom, planRestore, restore } from "../operations/backup/restore";
import { ageText, sizeText } from "../operations/backup/sizes";
import { abortedBy } from "../operations/backup/stopping";
import { findParts, programsIn, subjectOf } from "../operations/backup/subject";
import { CommandError, run } from "../operations/terminal/command";
import { parseOptions } from "../operations/terminal/options";
import { formatTable } from "../operations/terminal/table";
import { nameTyped } from "../operations/terminal/typed-name";
import { oneEnvironmentOf, requiredSelection } from "../operations/terraform/selection";

const help = `Puts the data of a backup in the place of what Grafana, Prometheus and Alertmanager have now. Each is stopped for some seconds. What was there before is kept until the program is healthy with the backup's, and comes back where it is not.

npm run restore -- <environment> --from PLACE [--only PROGRAMS] [--yes]
npm run restore -- prod --from backups                  the newest backup of prod there
npm run restore -- prod --from backups/prod-2026-11-28T12-30-00Z --only grafana
  --from PLACE      folder of a backup, its manifest.json, or a folder of backups
  --only PROGRAMS   some of grafana,prometheus,alertmanager
  --yes             do not ask for the environment's name
  --clear           put in order what a run on another machine has left, which is dead
  --help            print this text`;

run(help, async (args, stopped) => {
  const { values, positionals } = parseOptions({
    args,
    allowPositionals: true,
    options: {
      from: { type: "string" },
      only: { type: "string" },
      yes: { type: "boolean", default: false },
      clear: { type: "boolean", default: false },
    },
  });
  const programs = programsIn(values.only);
  const name = oneEnvironmentOf(requiredSelection(positionals, "npm run restore"));
  if (values.from === undefined)
    throw new CommandError("--from: found nothing, needed: the backup.\nSee --help.");
  const backup = backupAt(values.from, name);
  const subject = subjectOf(name);
  await clearLeftovers(subject, values.clear, console.log);
  const { found, missing } = await findParts(subject, programs);
  const plan = planRestore(subject, backup, found);
  await assertWhole(
    backup,
    plan.map(({ from }) => from),
  );
  await assertRoom(subject, plan);
  const rows = plan.map(({ part, from }) => [part.container, part.volume, sizeText(from.bytes), from.image]);
  console.log(
    `${backup.folder}, ${ageText(new Date(backup.manifest.takenAt))} old\n\n` +
      formatTable(["CONTAINER", "VOLUME", "SIZE", "OF"], rows),
  );
  if (missing.length > 0) console.log(`\nNot there, and left out: ${missing.join(", ")}`);
  if (!values.yes) {
    const question = `\nWhat these have now is replaced. Type the environment's name to go on: `;
    if (!(await nameTyped(name, question, "--yes"))) throw new CommandError("Nothing was touched.");
  }
  await restore(subject, backup, plan, { say: console.log, signal: abortedBy(stopped) });
  console.log(`\n${name} has the data of ${backup.manifest.takenAt}. Look at it: npm run verify -- ${name}`);
});
