import { namePrefixOf } from "./aws-names";

/** What the names are made of. */
interface Named {
  readonly project: string;
  readonly name: string;
}

/** Name of the topic to which alerts for a receiver are published. */
export function alertTopicNameOf(environment: Named, receiver: string): string {
  return `${namePrefixOf(environment)}-alerts-${receiver}`;
}

/** Name of the secret that holds a receiver's routing key. */
export function routingKeyNameOf({ project, name }: Named, receiver: string): string {
  return `${project}/${name}/alerts/${receiver}`;
}

/** Name of the role by which Amazon Q shows alerts in channels. */
export function chatRoleNameOf(environment: Named): string {
  return `${namePrefixOf(environment)}-alerts-chat`;
}
