import { execFile } from "node:child_process";
import { type Finding, ok, problem } from "../../checks/check";
import { type DoctorCheck, isOlder } from "../check";

const installation = "https://developer.hashicorp.com/terraform/install";

/** Whether there is a Terraform, as new as the stacks ask for. */
export const terraformCheck: DoctorCheck = {
  name: "Terraform",
  isCheap: true,
  timeLimitMs: 30_000,
  async run({ contents, env }): Promise<Finding[]> {
    const oldest = contents
      .flatMap(({ terraformVersion }) => terraformVersion ?? [])
      .reduce((newest, version) => (isOlder(newest, version) ? version : newest), "0.0.0");
    const printed = await versionOutput(env);
    if (printed === undefined) {
      return [problem("there is no `terraform` on the PATH", `Install ${oldest} or newer: ${installation}`)];
    }
    const version = /"terraform_version"\s*:\s*"([^"]+)"/.exec(printed)?.[1];
    if (version === undefined) {
      const line = printed.trim().split("\n")[0] ?? "";
      return [
        problem(`\`terraform version -json\` tells no version: ${line}`, `Reinstall it: ${installation}`),
      ];
    }
    return isOlder(version, oldest)
      ? [problem(`${version} is too old: ${oldest} or newer is needed`, installation)]
      : [ok(version)];
  },
};

/** What `terraform version -json` prints; undefined where there is no such program. */
function versionOutput(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  return new Promise((resolve) => {
    const options = { env: { ...env, CHECKPOINT_DISABLE: "1" }, timeout: 25_000 };
    execFile("terraform", ["version", "-json"], options, (error, stdout, stderr) => {
      resolve(error?.code === "ENOENT" ? undefined : stdout || stderr || (error?.message ?? ""));
    });
  });
}
