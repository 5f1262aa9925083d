import "../operations/terminal/load-failure";
import { loadEnvironments } from "../environments";
import { synthesize } from "../stacks";
import { CommandError, run } from "../operations/terminal/command";
import { parseOptions } from "../operations/terminal/options";
import { selectInDeployOrder } from "../operations/terraform/deploy-order";
import { allChecks } from "../operations/doctor/checks";
import { examine } from "../operations/checks/examine";
import { findingLines, nameWidthOf, summary } from "../operations/checks/report";
import { oneEnvironmentOf, requiredSelection } from "../operations/terraform/selection";
import { outputFolder, readSynthesizedStacks } from "../operations/terraform/synth-output";
import { localSystem, subjectOf } from "../operations/up/system";

const help = `Says what is missing for a deploy and how to mend it, and changes nothing. Ends with status 1 where something is.

npm run doctor -- <environment or stack>... [--json]
npm run doctor -- local
ENVIRONMENT=local npm run doctor    the same by a variable
  --json    print the findings as JSON
  --help    print this text`;

run(help, async (args) => {
  const { values, positionals } = parseOptions({
    args,
    allowPositionals: true,
    options: { json: { type: "boolean", default: false } },
  });
  const selection = requiredSelection(positionals, "npm run doctor");
  const name = oneEnvironmentOf(selection);
  const [environment] = loadEnvironments(name);
  const findings = await examine(allChecks, subject(), (found) => {
    if (!values.json) for (const finding of found) console.log(findingLines(finding, nameWidthOf(allChecks)));
  });
  const isMissing = findings.some(({ status }) => status === "problem");
  if (values.json) console.log(JSON.stringify({ environment: name, findings }, null, 2));
  else console.log(`\n${summary(findings)}`);
  if (isMissing) process.exitCode = 1;

  function subject() {
    // Where `up` makes the secrets up, they are not missing.
    if (!environment) throw new CommandError(`There is no environment ${name}.`);
    if (environment.aws.emulatorUrl !== undefined) {
      const { contents, values: secrets } = localSystem(selection);
      return subjectOf(environment, contents, secrets);
    }
    synthesize([environment], outputFolder);
    return subjectOf(environment, selectInDeployOrder(selection, readSynthesizedStacks(outputFolder)), {});
  }
});
