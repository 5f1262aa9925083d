import { type NamedContainer, ownNameOf } from "../../operations/terraform/own-name";
import type { Block } from "./template";

interface Upload {
  readonly file: string;
  readonly permissions: string;
}

const goDuration = /^(?:\d+h[0-5]?\dm[0-5]?\ds|[1-5]?\dm[0-5]?\ds|[0-5]?\ds)$/;
const pinned = /(?::(?!latest$)[\w.-]+|@sha256:[0-9a-f]{64})$/;

/** Containers whose image has nothing by which it could be asked. */
const unasked = ({ name, labels }: Block) =>
  ownNameOf({ name, labels } as unknown as NamedContainer) === "log-shipper";

/** What must hold for every container, by name: true where it does. */
const rules: Readonly<Record<string, (container: Block, image: Block) => boolean>> = {
  "a health check that is run, and waited for": (container) => {
    const { healthcheck, wait } = container;
    if (unasked(container)) return healthcheck === undefined && wait === undefined;
    const test = (healthcheck as { test?: string[] } | undefined)?.test ?? [];
    return test[0] === "CMD" && test.length > 1 && wait === true;
  },
  "health check durations as Go prints them": (container) => {
    if (unasked(container)) return true;
    const { interval, timeout, start_period } = container.healthcheck as Record<string, string>;
    return [interval, timeout, start_period].every((each) => goDuration.test(each ?? ""));
  },
  "a hash of the health check that forces a replacement": (container) =>
    unasked(container) ||
    (container.labels as { label: string }[]).some(({ label }) => label === "monitoring.health-check"),
  "a memory limit, and one for swap": ({ memory, memory_swap }) =>
    Number(memory) >= 6 && memory_swap === Number(memory) * 2,
  "a CPU limit by quota, never by cpus": ({ cpu_period, cpu_quota, cpus }) =>
    Number(cpu_period) > 0 && Number(cpu_quota) > 0 && cpus === undefined,
  "bounded logs, with the container's name in each line": ({ name, labels, log_driver, log_opts }) => {
    const own = ownNameOf({ name: String(name), labels } as NamedContainer);
    const named = own === name ? "{{.Name}}" : own;
    const { "max-size": size, "max-file": files, tag } = (log_opts ?? {}) as Record<string, string>;
    return log_driver === "json-file" && size !== undefined && files !== undefined && tag === named;
  },
  "a restart policy": ({ restart }) => restart === "unless-stopped",
  "a pinned image, by its id": ({ image }, { name, build }) =>
    /^\$\{docker_image\..+\.image_id\}$/.test(String(image)) &&
    (pinned.test(String(name)) || build !== undefined),
  "no capability but those that are named in the kernel's way": ({ capabilities }) => {
    const { add = [], drop } = capabilities as { add?: string[]; drop?: string[] };
    return drop?.join() === "ALL" && add.every((each) => /^CAP_[A-Z_]+$/.test(each));
  },
  // The engine adds the label to who sees the host's processes, and the provider would replace the container for it.
  "no new privileges": ({ security_opts, privileged, pid_mode }) =>
    (security_opts as string[] | undefined)?.join() ===
      (pid_mode === "host" ? "no-new-privileges:true,label=disable" : "no-new-privileges:true") &&
    privileged === undefined,
  "a read-only root unless a file is put into it": ({ read_only, upload }) =>
    read_only === (((upload as unknown[] | undefined) ?? []).length === 0),
  "no file below a tmpfs": ({ upload, tmpfs }) =>
    ((upload as Upload[] | undefined) ?? []).every(({ file }) =>
      Object.keys((tmpfs as object | undefined) ?? {}).every((mount) => !file.startsWith(mount)),
    ),
  "secrets that their user alone reads": ({ upload, user }) =>
    ((upload as Upload[] | undefined) ?? []).every(
      ({ file, permissions }) =>
        !file.startsWith("/run/secrets/") || (permissions === "0440" && /^\d+:0$/.test(String(user))),
    ),
  "networks by id, or the host's": ({ networks_advanced, network_mode }) =>
    network_mode === "host"
      ? networks_advanced === undefined
      : (networks_advanced as { name: string }[]).every(({ name }) => /id\}$/.test(name)),
  "ports with an address of the host": ({ ports }) =>
    ((ports as { ip?: string }[] | undefined) ?? []).every(({ ip }) => ip !== undefined && ip !== ""),
  "mounts of the host that are read-only": ({ mounts }) =>
    ((mounts as { read_only?: boolean }[] | undefined) ?? []).every(({ read_only }) => read_only === true),
};

/** Names of the rules, each of which a container can break. */
export const containerRuleNames = Object.keys(rules);

/** The rules that a container breaks. */
export function containerFaults(container: Block, image: Block): string[] {
  return Object.entries(rules)
    .filter(([, holds]) => !holds(container, image))
    .map(([name]) => name);
}
