import { wholeNumber } from "../../schema/primitives";

/** Traces that Jaeger keeps in memory. */
export const maxTraces = wholeNumber(1, 10_000_000);
