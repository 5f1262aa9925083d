import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { Problems } from "./props-error";
import { secretUrl } from "./secret-url";

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
      readonly endpoint: string | { readonly secret: string };
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
  readonly subscription: Subscription;
}

/** Subscribes an address, a URL or a queue to a topic. */
export class TopicSubscription extends Construct {
  /** @throws PropsError for what AWS would refuse */
  constructor(scope: Construct, id: string, { topicArn, subscription }: TopicSubscriptionProps) {
    const problems = new Problems();
    checkSubscription(subscription, problems);
    problems.throwFor(scope, id);
    super(scope, id);
    new SnsTopicSubscription(this, "subscription", {
      topicArn,
      protocol: subscription.protocol,
      endpoint: this.endpointOf(subscription),
    });
  }

  private endpointOf(subscription: Subscription): string {
    switch (subscription.protocol) {
      case "email":
        return subscription.address;
      case "sqs":
        return subscription.queueArn;
      case "https": {
        const { endpoint } = subscription;
        if (typeof endpoint === "string") return endpoint;
        return secretUrl(this, endpoint.secret, "URL that SNS sends alarm notifications to").stringValue;
      }
    }
  }
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
      return typeof endpoint === "string" ? endpoint.replace("://", "-") : `https-secret-${endpoint.secret}`;
    }
  }
}

function checkSubscription(subscription: Subscription, problems: Problems): void {
  switch (subscription.protocol) {
    case "email": {
      const { address } = subscription;
      problems.expect(/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address), "address", address, "an e-mail address");
      return;
    }
    case "https": {
      const { endpoint } = subscription;
      if (typeof endpoint !== "string") return;
      problems.expect(/^https:\/\/[^\s/]+\S*$/.test(endpoint), "endpoint", endpoint, "an https:// URL");
      return;
    }
    case "sqs": {
      const { queueArn } = subscription;
      const accepted = /^arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,80}$/.test(queueArn);
      problems.expect(accepted, "queueArn", queueArn, "the ARN of a standard queue");
      return;
    }
  }
}
