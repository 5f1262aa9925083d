import "../operations/terminal/load-failure";
import { basename, join, relative, resolve } from "node:path";
import { servicesOf } from "../metrics/catalogue";
import {
  commandOf,
  type Framework,
  frameworks,
  generateModule,
  languages,
  type Target,
} from "../metrics/generate";
import { bringUpToDate, compared, difference, isCurrent } from "../review/generated-file";
import { CommandError, run } from "../operations/terminal/command";
import { parseOptions, unknownName } from "../operations/terminal/options";
import { system } from "../shop";

const services = servicesOf(system.catalogue);
const defaultFramework: Framework = "fastify";
const help = `Writes what a program in another language, or in another repository, needs to measure as the catalogue has it: a module with an instrument for each metric of a service, typed by its labels, values and units. docs/any-language.md says how to use it.

npm run generate -- --language LANGUAGE --service NAME --out FOLDER
  --language LANGUAGE    one of ${languages.join(", ")}
  --framework FRAMEWORK  what a service in TypeScript is on, one of ${frameworks.join(", ")} (node:http); default ${defaultFramework}
  --service NAME         one of ${services.join(", ")}
  --out FOLDER           where the module is written; it is made where it is not there
  --check                write nothing; exit status 1 where the module is not what it must be
  --help                 print this text`;

run(help, (args) => {
  const { values } = parseOptions({
    args,
    options: {
      language: { type: "string" },
      framework: { type: "string" },
      service: { type: "string" },
      out: { type: "string" },
      check: { type: "boolean", default: false },
    },
  });
  const language = chosen("language", values.language, languages);
  const targetIn = targetOf(language, values.framework);
  const service = chosen("service", values.service, services);
  if (values.out === undefined || values.out === "") throw new CommandError("--out is missing.\nSee --help.");
  const folder = resolve(values.out);
  const target = targetIn(basename(folder));
  const { file, text } = generateModule(system.catalogue, service, target);
  const found = compared({ path: file, make: () => text }, folder);
  const shown = relative(process.cwd(), join(folder, file)) || file;
  if (!values.check) {
    console.log(`${shown}  ${bringUpToDate(found, folder)}`);
    return;
  }
  if (!isCurrent(found)) {
    throw new CommandError(
      `${shown} ${difference(found)}\nRun \`${commandOf(service, target)} --out ${values.out}\`, and commit what it writes.`,
    );
  }
  console.log(`${shown} is as it must be.`);
});

/** @returns what a module in a folder of some name is for */
function targetOf(language: Target["language"], framework: string | undefined): (folder: string) => Target {
  if (language === "typescript") {
    const target = { language, framework: chosen("framework", framework ?? defaultFramework, frameworks) };
    return () => target;
  }
  if (framework !== undefined) {
    throw new CommandError(
      `--framework: found "${framework}" with --language ${language}, allowed with --language typescript only. Leave it out.\nSee --help.`,
    );
  }
  return (folder) => (language === "go" ? { language, folder } : { language });
}

function chosen<T extends string>(option: string, given: string | undefined, allowed: readonly T[]): T {
  if (given === undefined) {
    throw new CommandError(`--${option} is missing. Allowed: ${allowed.join(", ")}.\nSee --help.`);
  }
  const found = allowed.find((each) => each === given);
  if (found === undefined) throw unknownName(option, given, allowed);
  return found;
}
