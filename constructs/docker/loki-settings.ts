import { duration, wholeNumber } from "../../schema/primitives";

/** How long Loki keeps lines: less than a day it cannot do, as its index has a table a day. */
export const lineRetention = duration("1d", "10y");

/** MB of lines that Loki takes per second. */
export const ingestionMbPerSecond = wholeNumber(1, 1_000);
