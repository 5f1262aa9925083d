import type { RemoteWrite } from "../constructs/docker/prometheus-configuration";
import type { Environment } from "../environments";
import { fileAuthOf } from "./service-targets";

type Settings = Environment["prometheus"]["remoteWrite"][number];

/** Where samples are sent, too. */
export function remoteWriteOf(settings: readonly Settings[]): RemoteWrite[] {
  return settings.map(({ name, url, auth }) => {
    if (auth === undefined) return { name, url };
    return { name, url, auth: auth.kind === "sigv4" ? auth : fileAuthOf(auth) };
  });
}
