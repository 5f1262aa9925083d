import type { Templates } from "../notifications/template";

/** Who reads what is published to a receiver's topic. */
export type TopicReaders =
  | { readonly kind: "mail"; readonly addresses: readonly string[] }
  /** The URL that is the receiver's secret. */
  | { readonly kind: "url" }
  | { readonly kind: "queue"; readonly queueArn: string }
  /** A channel, by Amazon Q Developer in chat applications. */
  | { readonly kind: "slack"; readonly workspaceId: string; readonly channelId: string }
  | { readonly kind: "teams"; readonly tenantId: string; readonly teamId: string; readonly channelId: string }
  /** Nobody, until the environment says more: what is allowed in that setting, in words. */
  | { readonly kind: "unsaid"; readonly setting: string; readonly allowed: string };

/** A topic of the receiver's own, and what is published to it. */
export interface TopicWay<Settings> {
  readonly way: "topic";
  /**
   * Its templates, by names that no other kind has.
   * @param silence the statements that set `$silence`, the link to a new silence
   */
  readonly templates: (silence: readonly string[]) => Templates;
  /** The subject, which mails have alone. Default: none. */
  readonly subject?: string;
  readonly message: string;
  /** Whether the end of an alert is told. */
  readonly sendResolved: boolean;
  readonly readers: (settings: Settings) => TopicReaders;
}

/**
 * How the Alertmanager of Amazon Managed Service for Prometheus tells a receiver. It speaks to SNS and to PagerDuty, and to
 * nothing else: https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-alertmanager-receiver.html, November 2026.
 */
export type ManagedWay<Settings> =
  | TopicWay<Settings>
  /** PagerDuty itself, with its key in Secrets Manager. */
  | {
      readonly way: "pagerduty";
      readonly templates: (silence: readonly string[]) => Templates;
      /** The receiver's configuration but for its key. */
      readonly settings: (grafanaUrl: string) => object;
    }
  /** Not at all: what to do instead. */
  | { readonly way: "none"; readonly instead: string };
