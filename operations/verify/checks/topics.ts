import { type Subscriber, topicsOf } from "../../../stacks/topics";
import { type Finding, ok, problem } from "../../checks/check";
import type { TopicSubscription } from "../../clients/topics-client";
import { messageOf, type VerifyCheck } from "../subject";

const deployAgain = "Deploy the environment's CloudWatch stack again.";

/** Whether the topics of CloudWatch's alarms are there, and everybody who is subscribed to them has agreed. */
export const topicsCheck: VerifyCheck = {
  name: "Topics",
  timeLimitMs: 18_000,
  late: "problem",
  async run({ deployment, topics }) {
    if (topics === undefined) return [];
    const expected = topicsOf(deployment.environment);
    try {
      const arns = await topics.arns();
      const findings = await Promise.all(
        expected.map(async ({ name, subscribers }) => {
          const arn = arns.get(name);
          if (arn === undefined) return [problem(`there is no topic ${name}`, deployAgain)];
          return subscriptionFindings(name, subscribers, await topics.subscriptions(arn));
        }),
      );
      const found = findings.flat();
      if (found.length > 0) return found;
    } catch (error) {
      return [
        problem(
          `AWS could not be asked for its topics: ${messageOf(error)}`,
          "See to credentials that may read SNS: aws sso login, or export AWS_PROFILE=...",
        ),
      ];
    }
    const count = expected.reduce((sum, { subscribers }) => sum + subscribers.length, 0);
    const subscribed =
      count === 0 ? "nobody is to be subscribed" : `all ${String(count)} subscriptions are confirmed`;
    return [ok(`all ${String(expected.length)} are there; ${subscribed}`)];
  },
};

/** What is to be said of those who are subscribed to a topic. */
export function subscriptionFindings(
  topic: string,
  expected: readonly Subscriber[],
  found: readonly TopicSubscription[],
): readonly Finding[] {
  return expected.flatMap((each) => {
    const { protocol } = each;
    const endpoint = endpointOf(each);
    const name = endpoint ?? `the secret ${protocol} address`;
    const matching = found.filter(
      (other) => other.protocol === protocol && (endpoint === undefined || other.endpoint === endpoint),
    );
    if (matching.length === 0) return [problem(`${name} is not subscribed to ${topic}`, deployAgain)];
    if (matching.some(({ isConfirmed }) => isConfirmed)) return [];
    return [problem(`${name} has not confirmed its subscription to ${topic}`, confirming[protocol])];
  });
}

const confirming: Readonly<Record<Subscriber["protocol"], string>> = {
  email: "Nothing is sent before: follow the link in the mail that AWS sent, or deploy again for another.",
  https: "Nothing is sent before: the URL must answer SNS's request for confirmation.",
  sqs: "Nothing is sent before: the queue's policy must let the topic send to it.",
};

/** Where a subscription leads; undefined where that is a secret. */
function endpointOf(subscription: Subscriber): string | undefined {
  switch (subscription.protocol) {
    case "email":
      return subscription.address;
    case "sqs":
      return subscription.queueArn;
    case "https":
      return typeof subscription.endpoint === "string" ? subscription.endpoint : undefined;
  }
}
