import type { Expectation } from "../alerts/routing/expectation";

export const expectations: Readonly<Record<string, readonly Expectation[]>> = {};
