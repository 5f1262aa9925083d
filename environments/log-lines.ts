import { logShipper } from "../constructs/docker/log-shipper";
import type { Environment } from "./environment";

type OfLines = Pick<Environment, "cloudwatch">;

/** Whether the log shipper sends lines to the log group of an environment. */
export function shipsToLogGroup({ cloudwatch: { logs } }: OfLines): boolean {
  return logs !== undefined && logs.sentBy === undefined;
}

/** What sends the lines of an environment, in words. */
export function senderOfLines({ cloudwatch: { logs } }: OfLines): string {
  return logs?.sentBy ?? logShipper.name;
}
