import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Fn, type TerraformResourceLifecycle, Token } from "cdktf";
import { Construct } from "constructs";
import { emailAddress, httpsUrl, secretName } from "../../schema/primitives";
import { sensitiveVariable } from "../sensitive-variable";
import { Problems } from "../props-error";
import { leavesDeadLetters, queueArn } from "./settings";

/** An `https://` URL. Where it is a secret: the name of the sensitive Terraform variable that holds it. */
export type WebAddress = string | { readonly secret: string };

/** Somebody or something that gets a topic's messages. */
export type Subscription =
  | {
      readonly protocol: "email";
      /** Gets a mail whose link must be followed before anything else is sent. */
      readonly address: string;
    }
  | {
      readonly protocol: "https";
      /**
       * An `https://` URL that answers SNS's confirmation request. Where the URL is a secret: the name of the
       * sensitive Terraform variable that holds it, so that it is not in the synthesized JSON.
       */
      readonly endpoint: WebAddress;
    }
  | {
      readonly protocol: "sqs";
      /** ARN of a standard queue whose policy lets this topic send to it. */
      readonly queueArn: string;
    };

/** Props of `TopicSubscription`. */
export interface TopicSubscriptionProps {
  /** ARN of the topic. */
  readonly topicArn: string;
  /** Who gets the topic's messages. Refused: an address, URL or ARN that SNS would not take. */
  readonly subscription: Subscription;
  /**
   * What the messages are, for the prompt that Terraform shows when a secret URL is missing.
   * @default "alarm notifications"
   */
  readonly messages?: string;
  /**
   * ARN of a queue for what could not be delivered. With it an `https` URL that does not answer is tried for about half an
   * hour, in growing intervals. It is only for messages that are of use when they are late. Mails have no such queue.
   * @default - none: SNS tries an `https` URL four times in a minute
   */
  readonly deadLetterQueueArn?: string;
}

/** How often SNS calls a URL that does not answer; together less than the hour that SNS allows. */
const deliveryPolicy = JSON.stringify({
  healthyRetryPolicy: {
    minDelayTarget: 5,
    maxDelayTarget: 200,
    numRetries: 20,
    numNoDelayRetries: 1,
    numMinDelayRetries: 2,
    numMaxDelayRetries: 5,
    backoffFunction: "exponential",
  },
});

/** Subscribes an address, a URL or a queue to a topic. */
export class TopicSubscription extends Construct {
  /** @throws PropsError for what AWS would refuse */
  constructor(scope: Construct, id: string, props: TopicSubscriptionProps) {
    const { topicArn, subscription, messages = "alarm notifications", deadLetterQueueArn } = props;
    const problems = new Problems();
    checkSubscription(subscription, problems);
    problems.throwFor(scope, id);
    super(scope, id);
    new SnsTopicSubscription(this, "subscription", {
      topicArn,
      protocol: subscription.protocol,
      ...this.endpointOf(subscription, messages),
      ...(deadLetterQueueArn !== undefined &&
        leavesDeadLetters(subscription) && {
          redrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetterQueueArn }),
          ...(subscription.protocol === "https" && { deliveryPolicy }),
        }),
    });
  }

  private endpointOf(subscription: Subscription, messages: string): EndpointConfig {
    switch (subscription.protocol) {
      case "email":
        return { endpoint: subscription.address };
      case "sqs":
        return { endpoint: subscription.queueArn };
      case "https": {
        const { endpoint } = subscription;
        if (typeof endpoint === "string") return { endpoint };
        return this.secretEndpoint(endpoint.secret, `URL that SNS sends ${messages} to`);
      }
    }
  }

  private secretEndpoint(name: string, description: string): EndpointConfig {
    const endpoint = sensitiveVariable(this, name, description).stringValue;
    // A precondition keeps a wrong value to itself; a validation of the variable would print it.
    const condition = Fn.startswith(endpoint, "https://");
    const errorMessage = `The value of the variable ${name} must start with https://.`;
    return { endpoint, lifecycle: { precondition: [{ condition, errorMessage }] } };
  }
}

interface EndpointConfig {
  readonly endpoint: string;
  readonly lifecycle?: TerraformResourceLifecycle;
}

/**
 * A construct id that stays the same when a list of subscriptions is reordered.
 * @throws Error for a subscription that Terraform knows only later: it needs an id of its own
 */
export function subscriptionId(subscription: Subscription): string {
  const id = idOf(subscription);
  if (!Token.isUnresolved(id)) return id;
  throw new Error(
    `The ${subscription.protocol} subscription refers to another resource, so no stable id can be made of it: ` +
      `add it by subscribe("<id of your own>", subscription).`,
  );
}

function idOf(subscription: Subscription): string {
  switch (subscription.protocol) {
    case "email":
      return `email-${subscription.address}`;
    case "sqs":
      return `sqs-${subscription.queueArn}`;
    case "https": {
      const { endpoint } = subscription;
      return typeof endpoint === "string" ? encodeURIComponent(endpoint) : `secret-${endpoint.secret}`;
    }
  }
}

/**
 * Notes what SNS would not take.
 * @param prop what stands before the path of a problem, such as `subscriptions[0].`
 */
export function checkSubscription(subscription: Subscription, problems: Problems, prop = ""): void {
  switch (subscription.protocol) {
    case "email": {
      problems.holds(emailAddress, `${prop}address`, subscription.address);
      return;
    }
    case "https": {
      const { endpoint } = subscription;
      if (typeof endpoint === "string") problems.holds(httpsUrl, `${prop}endpoint`, endpoint);
      else problems.holds(secretName, `${prop}endpoint.secret`, endpoint.secret);
      return;
    }
    case "sqs": {
      problems.holds(queueArn, `${prop}queueArn`, subscription.queueArn);
      return;
    }
  }
}
