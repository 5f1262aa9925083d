import { port } from "../../schema/primitives";
import { Problems } from "../props-error";
import type { MonitoredContainerProps } from "./container-options";
import {
  absolutePath,
  buildArgument,
  capability,
  containerName,
  healthCheck,
  hostNamespaceList,
  limits,
  memoryFolderMb,
  noHealthCheck,
  pinnedImage,
  publishAddress,
  readerAllowed,
  readsSecrets,
  user,
  variableName,
} from "./container-settings";
import { checkMemberships, membershipOf } from "./network-membership";

/** What is wrong with the props of a container. */
export function checkContainer(props: MonitoredContainerProps): Problems {
  const problems = new Problems()
    .holds(containerName, "name", props.name)
    .holds("none" in props.healthCheck ? noHealthCheck : healthCheck, "healthCheck", props.healthCheck)
    .holds(limits, "limits", props.limits)
    .mayHold(user, "user", props.user);
  checkImage(props, problems);
  checkNetworks(props, problems);
  checkPorts(props, problems);
  checkPaths(props, problems);
  checkFiles(props, problems);
  checkCapabilities(props, problems);
  for (const name of Object.keys(props.environment ?? {})) problems.holds(variableName, "environment", name);
  return problems;
}

function checkImage({ image }: MonitoredContainerProps, problems: Problems): void {
  if (typeof image === "string") {
    problems.holds(pinnedImage, "image", image);
    return;
  }
  problems.holds(pinnedImage, "image.name", image.name);
  for (const name of Object.keys(image.args ?? {})) problems.holds(buildArgument, "image.args", name);
}

function checkNetworks(props: MonitoredContainerProps, problems: Problems): void {
  const { networks, hostNamespaces = [], ports = [] } = props;
  problems.holds(hostNamespaceList, "hostNamespaces", hostNamespaces);
  if (!hostNamespaces.includes("network")) {
    problems.expect(networks.length > 0, "networks", [], "one network or more");
    checkMemberships(networks, problems);
    return;
  }
  const names = networks.map((joined) => membershipOf(joined).network.node.id);
  problems.expect(names.length === 0, "networks", names, "none beside the host's network");
  problems.expect(ports.length === 0, "ports", ports, "none on the host's network");
}

function checkPorts({ ports = [] }: MonitoredContainerProps, problems: Problems): void {
  ports.forEach(({ container, host, address }, index) => {
    const prop = `ports[${String(index)}]`;
    problems
      .holds(port, `${prop}.container`, container)
      .holds(port, `${prop}.host`, host)
      .mayHold(publishAddress, `${prop}.address`, address);
  });
}

function checkPaths(props: MonitoredContainerProps, problems: Problems): void {
  const { files = [], tmpfs = [], volumes = [], hostPaths = [], devices = [] } = props;
  for (const [prop, mounts] of Object.entries({ files, volumes, hostPaths, tmpfs })) {
    mounts.forEach(({ path }, index) => problems.holds(absolutePath, `${prop}[${String(index)}].path`, path));
  }
  hostPaths.forEach(({ host }, index) =>
    problems.holds(absolutePath, `hostPaths[${String(index)}].host`, host),
  );
  devices.forEach((path, index) => problems.holds(absolutePath, `devices[${String(index)}]`, path));
  tmpfs.forEach(({ sizeMb }, index) =>
    problems.mayHold(memoryFolderMb, `tmpfs[${String(index)}].sizeMb`, sizeMb),
  );
}

function checkFiles(props: MonitoredContainerProps, problems: Problems): void {
  const { files = [], tmpfs = [], user: asUser, writableRoot } = props;
  if (files.length > 0) {
    const allowed = "true with files, as the engine puts no file into a read-only container";
    problems.expect(writableRoot !== false, "writableRoot", writableRoot, allowed);
  }
  files.forEach(({ path }, index) => {
    for (const mount of tmpfs) {
      const isHidden = path === mount.path || path.startsWith(`${mount.path.replace(/\/$/, "")}/`);
      const allowed = `a path that the tmpfs at ${mount.path} does not hide`;
      problems.expect(!isHidden, `files[${String(index)}].path`, path, allowed);
    }
  });
  const hasSecrets = files.some(({ secret }) => secret === true);
  problems.expect(!hasSecrets || readsSecrets(asUser), "user", asUser, readerAllowed);
}

function checkCapabilities({ capabilities = [] }: MonitoredContainerProps, problems: Problems): void {
  capabilities.forEach(({ name, reason }, index) => {
    const prop = `capabilities[${String(index)}]`;
    problems.holds(capability, `${prop}.name`, name);
    problems.expect(reason.trim() !== "", `${prop}.reason`, reason, "why the program needs it");
  });
}
