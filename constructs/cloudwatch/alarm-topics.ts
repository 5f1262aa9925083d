import { Construct } from "constructs";
import { type AlarmRouting, type Severity } from "./alarm-routing";
import { AlarmTopic } from "./alarm-topic";
import { AlarmTopicKey } from "./alarm-topic-key";
import { Heartbeat, type HeartbeatSettings } from "./heartbeat";
import { deadLetterQueueNameOf, heartbeatNameOf, topicNameOf } from "./topic-names";
import type { Subscription } from "./topic-subscription";

/** Props of `AlarmTopics`. */
export interface AlarmTopicsProps {
  /**
   * First part of the names of topics, `<namePrefix>-critical` and `<namePrefix>-warning`, and of the alarms that may
   * publish to them; also the key's alias, and of the queues `<namePrefix>-<severity>-dlq` for what could not be delivered to
   * an `https` URL or a queue. 1 to 240 letters, digits, `-` and `_`; with such a queue at most 67, with a heartbeat,
   * `<namePrefix>-heartbeat`, at most 54.
   */
  readonly namePrefix: string;
  /** Who gets the messages of each severity. */
  readonly subscriptions: Readonly<Record<Severity, readonly Subscription[]>>;
  /**
   * A heartbeat that takes the alarms' way out, so that somebody notices when it is closed.
   * @default - none
   */
  readonly heartbeat?: HeartbeatSettings;
  /**
   * Days in which a removed encryption key can still be restored: 7 to 30.
   * @default 30
   */
  readonly keyDeletionWindowDays?: number;
}

/** A topic for critical alarms and one for warnings, and a heartbeat beside them, under one encryption key. */
export class AlarmTopics extends Construct implements AlarmRouting {
  /** For what somebody must mend at once. */
  readonly critical: AlarmTopic;
  /** For what can wait until the next working day. */
  readonly warning: AlarmTopic;

  /** @throws PropsError for what AWS would refuse */
  constructor(scope: Construct, id: string, props: AlarmTopicsProps) {
    super(scope, id);
    const { namePrefix, subscriptions, heartbeat, keyDeletionWindowDays: deletionWindowDays } = props;
    const key = new AlarmTopicKey(this, "key", {
      alias: `${namePrefix}-alarms`,
      deletionWindowDays,
      usedByEventBridge: heartbeat !== undefined,
    });
    const topic = (severity: Severity) => {
      const name = topicNameOf(namePrefix, severity);
      return new AlarmTopic(this, severity, {
        name,
        encryptionKeyArn: key.arn,
        alarmNamePrefix: `${namePrefix}-`,
        subscriptions: subscriptions[severity],
        deadLetterQueueName: deadLetterQueueNameOf(name),
      });
    };
    this.critical = topic("critical");
    this.warning = topic("warning");
    if (heartbeat) {
      const name = heartbeatNameOf(namePrefix);
      new Heartbeat(this, "heartbeat", { ...heartbeat, name, encryptionKeyArn: key.arn });
    }
  }

  /** The topic of the severity. */
  actionsFor(severity: Severity): readonly string[] {
    return [this[severity].arn];
  }
}
