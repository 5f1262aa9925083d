/** Whom a topic's policy admits. */
export interface Publisher {
  /** Name of the statement: letters and digits. */
  readonly sid: string;
  /** The service of AWS that publishes, such as `cloudwatch.amazonaws.com`. */
  readonly service: string;
  /**
   * What must hold of it.
   * @default - nothing
   */
  readonly condition?: object;
  /**
   * What it may do besides publishing.
   * @default [] - nothing
   */
  readonly alsoActions?: readonly string[];
}

/** The policy of a topic to which one service publishes, over TLS only. */
export function topicPolicy(
  topicArn: string,
  { sid, service, condition, alsoActions = [] }: Publisher,
): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: sid,
        Effect: "Allow",
        Principal: { Service: service },
        Action: alsoActions.length === 0 ? "sns:Publish" : ["sns:Publish", ...alsoActions],
        Resource: topicArn,
        ...(condition && { Condition: condition }),
      },
      {
        Sid: "NothingWithoutTls",
        Effect: "Deny",
        Principal: "*",
        Action: "sns:Publish",
        Resource: topicArn,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
}
