import type { Environment } from "../environments";
import { namePrefixOf, topicNameOf } from "../environments/aws-names";
import { subscribersOf } from "../environments/subscribers";

/** The topics that an environment has in AWS, each with those who are subscribed to it. */
export function topicsOf(environment: Environment) {
  const prefix = namePrefixOf(environment);
  const { heartbeat } = environment.cloudwatch;
  return [
    ...(["critical", "warning"] as const).map((severity) => ({
      name: topicNameOf(environment, severity),
      subscribers: subscribersOf(environment, severity),
    })),
    ...(heartbeat
      ? [
          {
            name: `${prefix}-heartbeat`,
            subscribers: [{ protocol: "https", endpoint: heartbeat.endpoint } as const],
          },
        ]
      : []),
  ];
}

/** Somebody who is subscribed to a topic. */
export type Subscriber = ReturnType<typeof topicsOf>[number]["subscribers"][number];
