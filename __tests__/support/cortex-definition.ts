import { parse, stringify } from "yaml";

/** What takes the place of accounts elsewhere. */
export interface StandIns {
  /** URL of the emulator of SNS. */
  readonly snsUrl: string;
  /** URL that takes PagerDuty's events. */
  readonly pagerDutyUrl: string;
  /** Changes the configuration of Alertmanager, in YAML. Default: it stays as it is. */
  readonly edit?: (configuration: string) => string;
}

interface Definition {
  readonly template_files: Readonly<Record<string, string>>;
  readonly alertmanager_config: string;
}

type Configs = readonly Readonly<Record<string, unknown>>[];

/**
 * A definition as Cortex takes it: it is that of the service but for where SNS is, and for a key of PagerDuty, which the
 * service alone takes out of Secrets Manager.
 */
export function definitionForCortex(
  definition: string,
  { snsUrl, pagerDutyUrl, edit = (text) => text }: StandIns,
): string {
  const { template_files, alertmanager_config } = parse(definition) as Definition;
  const configuration = parse(edit(alertmanager_config)) as {
    readonly receivers: readonly { readonly sns_configs?: Configs; readonly pagerduty_configs?: Configs }[];
  };
  const receivers = configuration.receivers.map(({ sns_configs, pagerduty_configs, ...receiver }) => ({
    ...receiver,
    ...(sns_configs && { sns_configs: sns_configs.map((each) => ({ ...each, api_url: snsUrl })) }),
    ...(pagerduty_configs && {
      pagerduty_configs: pagerduty_configs.map((each) => ({
        ...each,
        routing_key: "0".repeat(32),
        url: pagerDutyUrl,
      })),
    }),
  }));
  const text = stringify({ ...configuration, receivers }, { lineWidth: 0 });
  return stringify({ template_files, alertmanager_config: text }, { lineWidth: 0 });
}
