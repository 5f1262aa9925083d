import { createHash } from "node:crypto";
import type { Container, ContainerConfig } from "@cdktf/provider-docker/lib/container";
import { Image, type ImageConfig } from "@cdktf/provider-docker/lib/image";
import { Construct } from "constructs";
import type { MonitoredContainerProps } from "./container-options";
import type { HealthCheck, NoHealthCheck } from "./container-parts";
import { enginePrefixOf } from "./engine-names";
import { cpuPeriod, defaultDockerfile, defaultMemoryFolderMb, loopback } from "./container-settings";
import { checkContainer } from "./container-validation";
import { goDuration } from "./go-duration";
import { type JoinedNetwork, membershipOf } from "./network-membership";
import { SparseContainer } from "./sparse-container";

/** Label with the name that a container has on its networks, where it has another on its engine. */
const nameLabel = "monitoring.name";

/**
 * A container as it should run: from a pinned image, with a health check that the deployment waits for, limits,
 * bounded logs, no privileges that it does not need. It leaves no way into what makes the Docker provider 3.6 fail or
 * change a container at every plan.
 *
 * Makes a `docker_image` and a `docker_container`.
 */
export class MonitoredContainer extends Construct {
  /** Its DNS name on its networks; on the engine a prefix may stand before it (`prefixEngineNames`). */
  readonly name: string;
  /** The `docker_container`. */
  readonly container: Container;

  /** @throws PropsError for what the engine would refuse, what could not work, and what would change at every plan */
  constructor(scope: Construct, id: string, props: MonitoredContainerProps) {
    checkContainer(props).throwFor(scope, id);
    super(scope, id);
    const image = new Image(this, "image", imageConfig(props.image));
    const prefix = enginePrefixOf(this);
    this.container = new SparseContainer(this, "container", {
      name: prefix + props.name,
      // Not the tag: only the id tells that an image of the same tag was built again.
      image: image.imageId,
      ...(props.entrypoint && { entrypoint: [...props.entrypoint] }),
      ...(props.command && { command: [...props.command] }),
      ...(props.environment && { env: environmentList(props.environment) }),
      ...(props.after && { dependsOn: [...props.after] }),
      ...placement(props, prefix),
      ...hardening(props),
      ...limits(props, prefix),
      ...labelled(health(props.healthCheck), prefix === "" ? undefined : props.name),
    });
    this.name = props.name;
  }
}

function imageConfig(image: MonitoredContainerProps["image"]): ImageConfig {
  if (typeof image === "string") return { name: image, keepLocally: true };
  const { name, context, dockerfile = defaultDockerfile, args, trigger } = image;
  return {
    name,
    keepLocally: true,
    buildAttribute: { context, dockerfile, ...(args && { buildArgs: { ...args } }) },
    triggers: { sources: trigger },
  };
}

function environmentList(environment: Readonly<Record<string, string>>): string[] {
  return Object.entries(environment).map(([name, value]) => `${name}=${value}`);
}

function placement(props: MonitoredContainerProps, prefix: string): Partial<ContainerConfig> {
  return {
    ...namespaces(props, prefix),
    ...(props.ports && {
      ports: props.ports.map(({ container, host, address }) => ({
        internal: container,
        external: host,
        ip: address ?? loopback,
      })),
    }),
    ...(props.hostPaths && {
      mounts: props.hostPaths.map(({ host, path, followsMounts }) => ({
        type: "bind",
        source: host,
        target: path,
        readOnly: true,
        ...(followsMounts && { bindOptions: { propagation: "rslave" } }),
      })),
    }),
    ...(props.devices && {
      devices: props.devices.map((path) => ({ hostPath: path, containerPath: path, permissions: "r" })),
    }),
    ...(props.volumes && {
      volumes: props.volumes.map(({ volume, path }) => ({ volumeName: volume.name, containerPath: path })),
    }),
    ...(props.files && {
      upload: props.files.map(({ path, content, secret }) => ({
        file: path,
        content,
        permissions: secret ? "0440" : "0444",
      })),
    }),
    ...(props.tmpfs && {
      tmpfs: Object.fromEntries(
        props.tmpfs.map(({ path, sizeMb = defaultMemoryFolderMb }) => [
          path,
          `rw,noexec,nosuid,size=${String(sizeMb)}m`,
        ]),
      ),
    }),
  };
}

function namespaces(
  { name, networks, hostNamespaces = [] }: MonitoredContainerProps,
  prefix: string,
): Partial<ContainerConfig> {
  return {
    ...(hostNamespaces.includes("network")
      ? { networkMode: "host" }
      : // By id: with the name, a network could not be replaced while the container is on it.
        { networksAdvanced: networks.map((network) => attachment(network, prefix === "" ? [] : [name])) }),
    ...(hostNamespaces.includes("pid") && { pidMode: "host" }),
  };
}

/** @param ownNames names that lead to it on each of its networks */
function attachment(joined: JoinedNetwork, ownNames: readonly string[]) {
  const { network, aliases: others = [], address } = membershipOf(joined);
  const aliases = [...ownNames, ...others];
  return {
    name: network.id,
    ...(aliases.length > 0 && { aliases }),
    ...(address !== undefined && { ipv4Address: address }),
  };
}

function hardening(props: MonitoredContainerProps): Partial<ContainerConfig> {
  const kept = (props.capabilities ?? []).map(({ name }) => name);
  const sharesPid = props.hostNamespaces?.includes("pid") ?? false;
  return {
    ...(props.user !== undefined && { user: props.user }),
    readOnly: !(props.writableRoot ?? (props.files ?? []).length > 0),
    capabilities: { ...(kept.length > 0 && { add: kept }), drop: ["ALL"] },
    // The engine adds the second one to who sees the host's processes; left out, every plan would replace it.
    securityOpts: ["no-new-privileges:true", ...(sharesPid ? ["label=disable"] : [])],
    restart: "unless-stopped",
  };
}

function limits(props: MonitoredContainerProps, prefix: string): Partial<ContainerConfig> {
  return {
    memory: props.limits.memoryMb,
    // Left out, the engine would pick this value and every plan would take it away again.
    memorySwap: props.limits.memoryMb * 2,
    // Not `cpus`: it makes the provider crash, after the container is made.
    cpuPeriod,
    cpuQuota: Math.round(props.limits.cpus * cpuPeriod),
    logDriver: "json-file",
    // With the container's name in each line, as who reads the files finds only its id.
    logOpts: { "max-size": "10m", "max-file": "3", tag: prefix === "" ? "{{.Name}}" : props.name },
  };
}

function health(check: HealthCheck | NoHealthCheck): Partial<ContainerConfig> {
  if ("none" in check) return {};
  const { intervalSeconds = 10, timeoutSeconds = 5, retries = 3, startPeriodSeconds = 30 } = check;
  const healthcheck = {
    test: ["CMD", ...check.command],
    interval: goDuration(intervalSeconds),
    timeout: goDuration(timeoutSeconds),
    retries,
    startPeriod: goDuration(startPeriodSeconds),
  };
  const hash = createHash("sha256").update(JSON.stringify(healthcheck)).digest("hex").slice(0, 12);
  return {
    healthcheck,
    // A changed health check is never applied in place; a changed label replaces the container.
    labels: [{ label: "monitoring.health-check", value: hash }],
    wait: true,
    // Until the last check that can still make it healthy, and the time to pull up.
    waitTimeout: startPeriodSeconds + (intervalSeconds + timeoutSeconds) * (retries + 1) + 30,
  };
}

/** With its own name in a label, where that on the engine is another. */
function labelled(config: Partial<ContainerConfig>, name: string | undefined): Partial<ContainerConfig> {
  const labels = (config.labels ?? []) as readonly { label: string; value: string }[];
  return name === undefined ? config : { ...config, labels: [...labels, { label: nameLabel, value: name }] };
}
