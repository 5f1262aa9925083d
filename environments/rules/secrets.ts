import { z } from "zod";
import { secretsFolder } from "../../constructs/docker/container-settings";
import { describeValue } from "../describe";
import { type Path, type Problem, type Rule, rule } from "./rule";

/** Names that end like this are of a secret itself; `TOKEN_TTL`, `PASSWORD_FILE` or `COMPASS` are not. */
const secretName =
  /(?:PASSWORD|PASSWD|PASSPHRASE|(?:^|_)PASS|(?:^|_)PWD|SECRET|TOKEN|(?:^|_)API_?KEY|(?:ACCESS|PRIVATE|SECRET|SIGNING|ENCRYPTION|AUTH)_?KEY|CREDENTIALS?)_?\d*$/i;
/** Values that are secrets whatever their name: a user's password in a URL, and keys whose form tells them. */
const secretValue =
  /:\/\/[^/\s:@]*:[^/\s@]+@|-----BEGIN [A-Z ]*PRIVATE KEY-----|\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_\w{20,}|xox[abpr]-[\w-]{10,}|sk_live_\w{10,})/;
/** What no secret looks like: nothing, a switch, or the path of a file. */
const harmless = /^(?:|true|false|yes|no|on|off|none|\/\S*)$/i;

const texts = z.record(z.string(), z.unknown()).catch({});
const container = z
  .looseObject({
    environment: texts.default({}),
    notSecret: z.array(z.unknown()).catch([]),
    build: z.looseObject({ args: texts.default({}) }).catch({ args: {} }),
  })
  .catch({ environment: {}, notSecret: [], build: { args: {} } });
const containers = z.looseObject({
  services: z.array(container).catch([]),
  inbox: container.optional(),
});

const secretsAreNotPlain = rule(containers, ({ services, inbox }) => [
  ...services.flatMap(({ environment, notSecret, build }, index) => [
    ...plainSecrets(environment, ["services", index, "environment"], notSecret),
    ...plainSecrets(build.args, ["services", index, "build", "args"], []),
    ...notSecret.flatMap((name, position) =>
      typeof name === "string" && !Object.hasOwn(environment, name)
        ? [
            {
              path: ["services", index, "notSecret", position],
              found: describeValue(name),
              allowed: "the name of a variable of this service's environment",
            },
          ]
        : [],
    ),
  ]),
  ...plainSecrets(inbox?.build.args ?? {}, ["inbox", "build", "args"], []),
]);

/** The value is not shown. */
function plainSecrets(
  variables: Readonly<Record<string, unknown>>,
  path: Path,
  notSecret: readonly unknown[],
): Problem[] {
  return Object.entries(variables).flatMap(([name, value]) => {
    if (typeof value !== "string" || notSecret.includes(name)) return [];
    const isSecret = secretValue.test(value) || (secretName.test(name) && !harmless.test(value));
    return isSecret
      ? [{ path: [...path, name], found: "what looks like a secret", allowed: wayOut(path, name) }]
      : [];
  });
}

function wayOut(path: Path, name: string): string {
  if (path.includes("args")) return "nothing secret: whoever has the image can read its build arguments";
  const variable = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[_\d]+|_+$/g, "");
  return (
    `nothing secret, as this text is in git and in the container's description. Put a file of it under secrets: ` +
    `{ "${secretsFolder}/${variable}": "${variable}" }; if it is no secret, add notSecret: ["${name}"]`
  );
}

/** Rules that keep secrets out of the environments' files. */
export const secretRules: readonly Rule[] = [secretsAreNotPlain];
