import "../operations/terminal/load-failure";
import { resolve } from "node:path";
import { environmentNames, loadEnvironments } from "../environments";
import { CommandError, run } from "../operations/terminal/command";
import { parseOptions } from "../operations/terminal/options";
import { formatTable } from "../operations/terminal/table";
import { keptLockName, locksFolder, requiredProvidersOf } from "../operations/terraform/provider-locks";
import { outputFolder, readSynthesizedStacks } from "../operations/terraform/synth-output";
import { type LockResult, platforms, writeLock } from "../operations/terraform/write-locks";
import { synthesize } from "../stacks";

const help = `Writes the checksums of Terraform's providers to ${locksFolder}/, for every set of providers that a stack requires. Commit them: a deploy refuses a provider that has another checksum. Needed after a provider has got another version, and for another platform.

npm run lock
npm run lock -- --platform linux_amd64 --platform windows_amd64
  --platform P    a platform that the checksums are for; may be given again (default ${platforms.join(", ")})
  --mirror DIR    take the providers from a folder, as terraform providers mirror makes it (default: the registry, which signs them)
  --help          print this text`;

run(help, async (args) => {
  const { values } = parseOptions({
    args,
    options: {
      platform: { type: "string", multiple: true, default: [...platforms] },
      mirror: { type: "string" },
    },
  });
  const wrong = values.platform.find((each) => !/^[a-z0-9]+_[a-z0-9]+$/.test(each));
  if (wrong !== undefined)
    throw new CommandError(
      `--platform: found "${wrong}", allowed: a system and an architecture such as linux_amd64`,
    );
  synthesize(loadEnvironments(environmentNames.join(",")), outputFolder);
  const required = readSynthesizedStacks(outputFolder).map(({ folder }) => requiredProvidersOf(folder));
  const sets = new Map(required.map((providers) => [keptLockName(providers), providers]));
  const results: LockResult[] = [];
  for (const [name, providers] of [...sets].sort(([a], [b]) => (a < b ? -1 : 1))) {
    console.log(`${name} (${String(results.length + 1)} of ${String(sets.size)})`);
    results.push(
      await writeLock(providers, {
        platforms: values.platform,
        ...(values.mirror !== undefined && { mirror: resolve(values.mirror) }),
      }),
    );
  }
  console.log(
    `\n${formatTable(
      ["FILE", "OUTCOME"],
      results.map(({ file, outcome }) => [file, outcome]),
    )}`,
  );
  const failed = results.filter(({ outcome }) => outcome === "failed");
  if (failed.length === 0) return;
  throw new CommandError(
    `\n${failed.map(({ file, said = "" }) => `${file} stays as it was:\n${said}`).join("\n")}`,
  );
});
