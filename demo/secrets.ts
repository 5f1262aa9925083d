import { randomBytes } from "node:crypto";
import { receiverSecret } from "../alerts/receivers";
import type { Environment } from "../environments";

/**
 * What the files hold from which receivers take their URLs, by the path in Alertmanager's container.
 * @param urls by the receiver's name
 */
export function receiverContents(
  { alerting }: Environment,
  urls: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    alerting.receivers.flatMap((receiver) => {
      const url = urls[receiver.name];
      return url === undefined ? [] : [[receiverSecret(receiver).path, url]];
    }),
  );
}

/** Random values of variables, each the same every time. */
export function randomValues(): (variable: string) => string {
  const values = new Map<string, string>();
  return (variable) => {
    const value = values.get(variable) ?? randomBytes(18).toString("base64url");
    values.set(variable, value);
    return value;
  };
}
