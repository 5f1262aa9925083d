import { Construct } from "constructs";
import { nonEmptyText, roleArn } from "../../schema/primitives";
import type { Problems } from "../props-error";
import { terraformLiteral } from "../terraform-literal";
import { absolutePath, containerName, nobody } from "./container-settings";
import { dataVolume } from "./data-volume";
import { checkListening, listenAddresses, type ListeningProps } from "./listening";
import { MonitoredContainer } from "./monitored-container";
import { checkNetworkedProgram, type NetworkedProgramProps } from "./program-props";
import { programs } from "./programs";
import {
  type AgentConfiguration,
  renderAgentConfiguration,
  workspaceQueue,
} from "./prometheus-agent-configuration";
import { agentRetention } from "./prometheus-settings";
import { checkScraping } from "./prometheus-validation";

const { port } = programs.prometheus;
const dataPath = "/prometheus";
const configPath = "/etc/prometheus/prometheus.yml";

/** Where an agent writes, and as whom. */
export interface AgentWorkspace {
  /** URL of the workspace's remote write. It may be a reference to another resource. */
  readonly remoteWriteUrl: string;
  /** Region of the workspace. */
  readonly region: string;
  /**
   * Role that the agent takes on with the credentials that it has.
   * @default - none
   */
  readonly roleArn?: string;
}

/** Prometheus 2.47 or newer as an agent. */
export interface PrometheusAgentProps extends NetworkedProgramProps, ListeningProps {
  /** Name of the container, which is its address on the networks. */
  readonly name: string;
  /** The workspace that it writes to: the first place that samples are sent to. */
  readonly workspace: AgentWorkspace;
  /**
   * What it scrapes, and where it writes to besides. Refused: what Prometheus would not start with, and another place of the
   * name `workspace`.
   */
  readonly configuration: AgentConfiguration;
  /**
   * The files that the configuration takes its secrets from, by absolute path: values of sensitive variables.
   * @default {}
   */
  readonly secrets?: Readonly<Record<string, string>>;
  /**
   * Variables of its environment, nothing secret, such as where a program of AWS finds its credentials.
   * @default {}
   */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * How long samples wait at most that could not be sent: an hour to seven days. Longer outages lose the oldest. No
   * size bounds them: the volume must hold them for two hours more than this.
   * @default "12h"
   */
  readonly keepUnsentFor?: string;
}

/** Name by which the agents call the workspace in their metrics. */
export const workspaceWriteName = "workspace";

/** Stands for the workspace's URL until the text is quoted for Terraform, as a reference must not be. */
const urlPlaceholder = "https://workspace.invalid/api/v1/remote_write";

/**
 * A Prometheus that scrapes and writes, and nothing else: it answers no query, evaluates no rule and tells of no alert.
 * Samples wait in a volume, `<name>-data`, until they are written.
 */
export class PrometheusAgent extends Construct {
  /** Where its own metrics are, as `host:port` on the container's networks. */
  readonly address: string;
  /** The container that it runs in. */
  readonly container: MonitoredContainer;

  /** @throws PropsError for what the engine or Prometheus would refuse or what could not work */
  constructor(scope: Construct, id: string, props: PrometheusAgentProps) {
    const { name, workspace, secrets = {}, keepUnsentFor = "12h" } = props;
    checkAgent(props).throwFor(scope, id);
    super(scope, id);
    const data = dataVolume(this, `${name}-data`);
    const content = terraformLiteral(renderAgentConfiguration(withWorkspace(props))).replaceAll(
      urlPlaceholder,
      () => workspace.remoteWriteUrl,
    );
    this.container = new MonitoredContainer(this, "agent", {
      name,
      image: props.image,
      networks: props.networks,
      command: [
        "--agent",
        `--config.file=${configPath}`,
        `--storage.agent.path=${dataPath}`,
        `--storage.agent.retention.max-time=${keepUnsentFor}`,
        ...listenAddresses(props, port).map((address) => `--web.listen-address=${address}`),
      ],
      healthCheck: { command: ["promtool", "check", "healthy", `--url=http://127.0.0.1:${String(port)}`] },
      limits: props.limits,
      user: `${nobody}:0`,
      ...(props.environment && { environment: props.environment }),
      volumes: [{ volume: data, path: dataPath }],
      files: [
        { path: configPath, content },
        ...Object.entries(secrets).map(([path, secret]) => ({ path, content: secret, secret: true })),
      ],
    });
    this.address = `${name}:${String(port)}`;
  }
}

/** Exemplars are not sent: no API of a workspace answers for them. */
function withWorkspace({ configuration, workspace }: PrometheusAgentProps): AgentConfiguration {
  const { region, roleArn: role } = workspace;
  return {
    ...configuration,
    remoteWrite: [
      {
        name: workspaceWriteName,
        url: urlPlaceholder,
        auth: { kind: "sigv4", region, ...(role !== undefined && { roleArn: role }) },
        exemplars: false,
        queue: workspaceQueue,
      },
      ...configuration.remoteWrite,
    ],
  };
}

function checkAgent(props: PrometheusAgentProps): Problems {
  const problems = checkNetworkedProgram(props)
    .holds(containerName, "name", props.name)
    .holds(nonEmptyText, "workspace.region", props.workspace.region)
    .mayHold(roleArn, "workspace.roleArn", props.workspace.roleArn)
    .mayHold(agentRetention, "keepUnsentFor", props.keepUnsentFor);
  for (const path of Object.keys(props.secrets ?? {})) problems.holds(absolutePath, "secrets", path);
  checkListening(props, problems);
  checkScraping(props.configuration, problems);
  props.configuration.remoteWrite.forEach(({ name }, index) => {
    const prop = `configuration.remoteWrite[${String(index)}].name`;
    problems.expect(name !== workspaceWriteName, prop, name, "another name: it is that of the workspace");
  });
  return problems;
}
