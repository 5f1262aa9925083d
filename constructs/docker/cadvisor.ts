import type { HostPath } from "./container-parts";
import { defaultDataRoot } from "./engine-settings";
import type { ExporterProgram } from "./exporter-program";

const port = 8080;

/**
 * What cAdvisor sees of its host, read-only.
 * @param dataRoot where the engine keeps its data: the engine tells cAdvisor this path, and it looks there
 */
export function cadvisorHostPaths(dataRoot: string): readonly HostPath[] {
  const samePlace = (path: string) => ({ host: path, path });
  return [{ host: "/", path: "/rootfs" }, ...["/var/run", "/sys", dataRoot].map(samePlace)];
}

/**
 * cAdvisor for the engine's containers, 0.57 or newer: before, the start time of a container was that of its making. It
 * is asked on its networks, and not published on the host. It runs as root, with two capabilities only, and sees the host's files read-only.
 * It speaks to the engine's socket, which it needs for the names of containers: a mount that is read-only does not keep
 * root from speaking to a socket, and whoever speaks to the engine can do anything on the host. So whoever takes over
 * cAdvisor has the host; it is published nowhere, and asked on its networks alone.
 */
export const cadvisor: ExporterProgram & { readonly isStandard: true } = {
  name: "cadvisor",
  port,
  image: "ghcr.io/google/cadvisor:v0.60.5",
  limits: { memoryMb: 256, cpus: 0.5 },
  isStandard: true,
  container: {
    command: [
      // The cheap way: the engine's containers alone, looked at twice a minute, without their labels.
      "--docker_only=true",
      "--housekeeping_interval=30s",
      "--store_container_labels=false",
    ],
    healthCheck: {
      command: ["wget", "--quiet", "--spider", `http://127.0.0.1:${String(port)}/healthz`],
    },
    hostPaths: cadvisorHostPaths(defaultDataRoot),
    devices: ["/dev/kmsg"],
    capabilities: [
      { name: "CAP_SYSLOG", reason: "the kernel's log tells which container ran out of memory" },
      { name: "CAP_DAC_READ_SEARCH", reason: "layers of containers that run as other users" },
    ],
  },
};
