import { managedWayOf } from "../alerts/managed/definition";
import type { TopicReaders } from "../alerts/managed/way";
import { type ReceiverSettings, receiverSecret } from "../alerts/receivers";
import { leavesDeadLetters } from "../constructs/cloudwatch/settings";
import { deadLetterQueueNameOf } from "../constructs/cloudwatch/topic-names";
import type { Subscription } from "../constructs/cloudwatch/topic-subscription";
import type { Environment } from "./environment";
import { alertTopicNameOf } from "./managed-names";
import { managedEngineOf } from "./metrics-engine";

/** The topic to which a workspace's Alertmanager publishes for one receiver. */
export interface AlertTopicSettings {
  readonly receiver: ReceiverSettings;
  readonly name: string;
  readonly readers: TopicReaders;
  readonly subscribers: readonly Subscription[];
  /** Name of the queue for what is not delivered; undefined where nothing is kept: of mails, chat and heartbeats. */
  readonly deadLetterQueueName: string | undefined;
}

/** The topics of an environment's alerts; none where one Prometheus is the engine. */
export function alertTopicsOf(environment: Environment): readonly AlertTopicSettings[] {
  if (managedEngineOf(environment) === undefined) return [];
  return environment.alerting.receivers.flatMap((receiver): AlertTopicSettings[] => {
    const managed = managedWayOf(receiver);
    if (managed.way !== "topic") return [];
    const name = alertTopicNameOf(environment, receiver.name);
    const readers = managed.readers(receiver as never);
    const subscribers = subscriptionsOf(receiver, readers);
    // A sign of life that comes late is none.
    const keeps = receiver.kind !== "heartbeat" && subscribers.some(leavesDeadLetters);
    const deadLetterQueueName = keeps ? deadLetterQueueNameOf(name) : undefined;
    return [{ receiver, name, readers, subscribers, deadLetterQueueName }];
  });
}

function subscriptionsOf(receiver: ReceiverSettings, readers: TopicReaders): readonly Subscription[] {
  switch (readers.kind) {
    case "mail":
      return readers.addresses.map((address) => ({ protocol: "email", address }));
    case "queue":
      return [{ protocol: "sqs", queueArn: readers.queueArn }];
    case "url": {
      const secret = receiverSecret(receiver);
      return "variable" in secret ? [{ protocol: "https", endpoint: { secret: secret.variable } }] : [];
    }
    // Amazon Q subscribes itself.
    case "slack":
    case "teams":
    case "unsaid":
      return [];
  }
}
