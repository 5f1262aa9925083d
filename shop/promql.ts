import { promqlOver } from "../metrics/promql";
import { catalogue } from "./metrics/catalogue";

/** Expressions over the shop's catalogue. */
export const { select, bucketUpTo } = promqlOver(catalogue);
