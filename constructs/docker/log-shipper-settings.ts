import { awsCredentials } from "../grafana/settings";
import { wholeNumber } from "../../schema/primitives";

/** What may wait for one destination, in MiB. Each chunk of lines is a file of up to 2 MiB. */
export const waitingMb = wholeNumber(16, 1_048_576);

/** What sends the containers' lines on. */
export const logShipperSettings = {
  /**
   * What may wait on the machine's disk for each destination that is away, in MiB. Beyond it the oldest lines are
   * dropped, and counted. Default 1024.
   */
  waitingMb: waitingMb.default(1024),
  /** By what it may write to CloudWatch. Default: the role of the EC2 instance that it runs on. */
  awsCredentials: awsCredentials.optional(),
} as const;
