import { heartbeatNameOf, topicNameOf } from "../constructs/cloudwatch/topic-names";
import type { Environment } from "../environments";
import { namePrefixOf } from "../environments/aws-names";
import { alertTopicsOf } from "../environments/managed-topics";
import { subscribersOf } from "../environments/subscribers";

/** The topics that an environment has in AWS, each with those who are subscribed to it. */
export function topicsOf(environment: Environment) {
  const prefix = namePrefixOf(environment);
  const { heartbeat } = environment.cloudwatch;
  return [
    ...(["critical", "warning"] as const).map((severity) => ({
      name: topicNameOf(prefix, severity),
      subscribers: subscribersOf(environment, severity),
    })),
    ...(heartbeat
      ? [
          {
            name: heartbeatNameOf(prefix),
            subscribers: [{ protocol: "https", endpoint: heartbeat.endpoint } as const],
          },
        ]
      : []),
    ...alertTopicsOf(environment).map(({ name, subscribers }) => ({ name, subscribers })),
  ];
}

/** Somebody who is subscribed to a topic. */
export type Subscriber = ReturnType<typeof topicsOf>[number]["subscribers"][number];
