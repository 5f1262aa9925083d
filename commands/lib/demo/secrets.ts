import { randomBytes } from "node:crypto";
import { parse } from "yaml";
import { type Container, fillTemplate } from "./containers";

interface AlertmanagerFile {
  readonly receivers?: readonly ({ readonly name: string } & Readonly<Record<string, unknown>>)[];
}

/**
 * The values of Terraform's variables: where a receiver of Alertmanager takes its URL from, that of the inbox; random
 * texts for all others.
 * @param inboxUrl address of the inbox, without a slash at its end
 * @param receiverUrls other URLs for receivers, by their name
 */
export function secretValues(
  containers: readonly Container[],
  inboxUrl: string,
  receiverUrls: Readonly<Record<string, string>> = {},
): (variable: string) => string {
  const values = new Map<string, string>();
  for (const { files } of containers) {
    for (const [path, url] of receiverUrlFiles(files, inboxUrl, receiverUrls)) {
      const variable = /^\$\{var\.([\w-]+)\}$/.exec(files[path] ?? "")?.[1];
      if (variable !== undefined) values.set(variable, url);
    }
  }
  return (variable) => {
    const value = values.get(variable) ?? randomBytes(18).toString("base64url");
    values.set(variable, value);
    return value;
  };
}

/** The files from which receivers take their URLs, with what must be in them. */
function receiverUrlFiles(
  files: Container["files"],
  inboxUrl: string,
  receiverUrls: Readonly<Record<string, string>>,
): [path: string, url: string][] {
  return Object.entries(files)
    .filter(([path]) => path.endsWith("/alertmanager.yml"))
    .flatMap(([, text]) => {
      const { receivers = [] } = parse(fillTemplate(text, () => "")) as AlertmanagerFile;
      return receivers.flatMap(({ name, ...integrations }) =>
        Object.entries(integrations).flatMap(([key, configs]) => {
          // `msteamsv2_configs` is another form of what goes to the same address.
          const kind = key.replace(/(?:v2)?_configs$/, "");
          const url = receiverUrls[name] ?? `${inboxUrl}/${kind}/${name}`;
          return urlFilesOf(configs).map((path): [string, string] => [path, url]);
        }),
      );
    });
}

function urlFilesOf(configs: unknown): string[] {
  if (!Array.isArray(configs)) return [];
  return configs.flatMap((config: unknown) =>
    Object.entries(config ?? {}).flatMap(([key, value]) =>
      key.endsWith("url_file") && typeof value === "string" ? [value] : [],
    ),
  );
}
