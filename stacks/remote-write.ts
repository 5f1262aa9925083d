import type { Construct } from "constructs";
import { secretsFolder } from "../constructs/docker/container-settings";
import type { RemoteWrite } from "../constructs/docker/prometheus-configuration";
import { sensitiveVariable } from "../constructs/sensitive-variable";
import type { Environment } from "../environments";

type Settings = Environment["prometheus"]["remoteWrite"][number];

/** Where samples are sent, too, and the files with the secrets for it, by path. */
export function remoteWriteOf(
  scope: Construct,
  settings: readonly Settings[],
): { remoteWrite: RemoteWrite[]; secrets: Record<string, string> } {
  const secrets: Record<string, string> = {};
  const file = (variable: string, description: string) => {
    const path = `${secretsFolder}/${variable}`;
    secrets[path] = sensitiveVariable(scope, variable, description).stringValue;
    return path;
  };
  const remoteWrite = settings.map(({ name, url, auth }): RemoteWrite => {
    switch (auth?.kind) {
      case undefined:
        return { name, url };
      case "sigv4":
        return { name, url, auth };
      case "basic": {
        const { kind, username, password } = auth;
        return { name, url, auth: { kind, username, passwordFile: file(password, `${name}: password`) } };
      }
      case "bearer":
        return { name, url, auth: { kind: auth.kind, tokenFile: file(auth.token, `${name}: token`) } };
    }
  });
  return { remoteWrite, secrets };
}
