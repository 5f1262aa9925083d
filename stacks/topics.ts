import type { Environment } from "../environments";
import { subscribersOf } from "../environments/subscribers";

/** First part of the names of what an environment has in AWS. */
export function namePrefixOf({ project, name }: Environment): string {
  return `${project}-${name}`;
}

/** The topics that an environment has in AWS, each with those who are subscribed to it. */
export function topicsOf(environment: Environment) {
  const prefix = namePrefixOf(environment);
  const { heartbeat } = environment.cloudwatch;
  return [
    ...(["critical", "warning"] as const).map((severity) => ({
      name: `${prefix}-${severity}`,
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
