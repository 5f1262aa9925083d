import { randomBytes } from "node:crypto";
import { parse } from "yaml";
import type { Container } from "./containers";

/** A file from which a receiver of Alertmanager takes its URL. */
export interface ReceiverUrlFile {
  /** Path in the container. */
  readonly path: string;
  readonly receiver: string;
  /** `slack`, `discord` and so on, as the inbox calls them. */
  readonly kind: string;
}

interface AlertmanagerFile {
  readonly receivers?: readonly ({ readonly name: string } & Readonly<Record<string, unknown>>)[];
}

/** The files from which the receivers of a configuration of Alertmanager take their URLs. */
export function receiverUrlFiles(configuration: string): ReceiverUrlFile[] {
  const { receivers = [] } = parse(configuration) as AlertmanagerFile;
  return receivers.flatMap(({ name: receiver, ...integrations }) =>
    Object.entries(integrations).flatMap(([key, configs]) => {
      // `msteamsv2_configs` is another form of what goes to the same address.
      const kind = key.replace(/(?:v2)?_configs$/, "");
      return urlFilesOf(configs).map((path) => ({ path, receiver, kind }));
    }),
  );
}

function urlFilesOf(configs: unknown): string[] {
  if (!Array.isArray(configs)) return [];
  return configs.flatMap((config: unknown) =>
    Object.entries(config ?? {}).flatMap(([key, value]) =>
      key.endsWith("url_file") && typeof value === "string" ? [value] : [],
    ),
  );
}

/**
 * The values of the Terraform variables that hold receivers' URLs: addresses of the inbox.
 * @param inboxUrl address of the inbox, without a slash at its end
 */
export function receiverVariables(
  files: Container["files"],
  urlFiles: readonly ReceiverUrlFile[],
  inboxUrl: string,
): Map<string, string> {
  return new Map(
    urlFiles.flatMap(({ path, receiver, kind }): [string, string][] => {
      const variable = /^\$\{var\.([\w-]+)\}$/.exec(files[path] ?? "")?.[1];
      return variable === undefined ? [] : [[variable, `${inboxUrl}/${kind}/${receiver}`]];
    }),
  );
}

/** Random values of variables, each the same every time. */
export function randomValues(): (variable: string) => string {
  const values = new Map<string, string>();
  return (variable) => {
    const value = values.get(variable) ?? randomBytes(18).toString("base64url");
    values.set(variable, value);
    return value;
  };
}
