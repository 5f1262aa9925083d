import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { type Finding, ok, problem } from "../../checks/check";
import type { DoctorCheck } from "../check";

/** Whether there are credentials of AWS, where an account is used. Whether they are valid is not asked. */
export const awsCredentialsCheck: DoctorCheck = {
  name: "AWS",
  isCheap: true,
  timeLimitMs: 5_000,
  run({ contents, env }): Finding[] {
    const stacks = contents.filter((each) => each.needsAwsCredentials).map(({ stack }) => stack.name);
    if (stacks.length === 0) return [];
    const source = credentialSource(env);
    if (source !== undefined) return [ok(`credentials from ${source}`)];
    return [
      problem(
        `${stacks.join(", ")} ${stacks.length === 1 ? "needs" : "need"} credentials of AWS, and there are none`,
        "aws sso login, aws configure, or export AWS_PROFILE=...",
      ),
    ];
  },
};

/** Where Terraform's AWS provider would take credentials from, in its order. */
function credentialSource(env: NodeJS.ProcessEnv): string | undefined {
  if (env.AWS_ACCESS_KEY_ID && env.AWS_SECRET_ACCESS_KEY) return "AWS_ACCESS_KEY_ID";
  for (const name of [
    "AWS_PROFILE",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  ]) {
    if (env[name]) return name;
  }
  const home = env.HOME ?? homedir();
  const files = [
    env.AWS_SHARED_CREDENTIALS_FILE ?? join(home, ".aws", "credentials"),
    env.AWS_CONFIG_FILE ?? join(home, ".aws", "config"),
  ];
  return files.find((file) => existsSync(file)) ?? instanceRole();
}

/** An EC2 machine can have a role; whether it has is only told by asking its metadata. */
function instanceRole(): string | undefined {
  const vendor = "/sys/class/dmi/id/sys_vendor";
  const isEc2 = existsSync(vendor) && readFileSync(vendor, "utf8").trim() === "Amazon EC2";
  return isEc2 ? "the role of this EC2 instance" : undefined;
}
