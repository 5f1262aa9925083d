import { executableKinds, type ExecutableName } from "../../demo/executables";
import type { Version } from "../../demo/versions";
import type { Program } from "./require-program";

/** Versions whose ranges leave out their left edge, as those of the deployed Prometheus do. */
const prometheusGeneration: Version = [3];

/** A program that comes with one of the demo's, as old as what the demo's configuration needs, or newer. */
function comingWith(kind: ExecutableName, name: string, oldest?: Version): Program {
  const found = executableKinds.find((each) => each.name === kind);
  if (!found) throw new Error(`The demo runs no ${kind}.`);
  return { name, oldest: oldest ?? found.oldest, hint: found.install };
}

export const prometheusProgram = comingWith("prometheus", "prometheus", prometheusGeneration);
export const promtool = comingWith("prometheus", "promtool", prometheusGeneration);
export const alertmanagerProgram = comingWith("alertmanager", "alertmanager");
export const amtool = comingWith("alertmanager", "amtool");
export const jaegerProgram: Program = {
  name: "jaeger",
  hint: ".ci/install-programs jaeger builds it with Go and prints the line that puts it on the PATH.",
};
export const oauth2ProxyProgram: Program = {
  name: "oauth2-proxy",
  hint: ".ci/install-programs oauth2_proxy builds it with Go and prints the line that puts it on the PATH.",
};
/** Let's Encrypt's small authority for tests, which speaks ACME. */
export const pebbleProgram: Program = {
  name: "pebble",
  hint: ".ci/install-programs pebble builds it with Go and prints the line that puts it on the PATH.",
};
/** What Amazon Managed Prometheus is made of. */
export const cortexProgram: Program = {
  name: "cortex",
  hint: ".ci/install-programs cortex builds it with Go and prints the line that puts it on the PATH.",
};
/** What replays alerting rules over the past, of VictoriaMetrics. */
export const vmalertProgram: Program = {
  name: "vmalert",
  hint: ".ci/install-programs vmalert builds it with Go and prints the line that puts it on the PATH.",
};
/** Debian's, which is older than the one that is deployed: no module that builds it is to be had. */
export const blackboxExporterProgram = comingWith("blackbox-exporter", "prometheus-blackbox-exporter");
export const nodeExporterProgram = comingWith("node-exporter", "node_exporter");
/** Fluent Bit. No registry of packages that CI reaches has it. */
export const fluentBitProgram: Program = {
  name: "fluent-bit",
  hint: "Fluent Bit 5.1 or newer: https://docs.fluentbit.io",
};
/** Loki, and not the program for genetics of that name in Debian. */
export const lokiProgram: Program = {
  name: "loki",
  says: /^loki, version 3\./,
  hint: "Loki 3.7 or newer: https://grafana.com/docs/loki/latest/setup/install",
};
/** cAdvisor, whose program is no Go module. */
export const cadvisorProgram: Program = {
  name: "cadvisor",
  hint: "cAdvisor 0.57 or newer: https://github.com/google/cadvisor/releases",
};
