import type { Check } from "../rule";
import { templatesOf } from "../template/of-rule";

/** No label holds the value: with each new value it would be another alert, and resolve the one before. */
export const valueInLabels: Check = {
  name: "value-in-labels",
  summary: "No label of an alert depends on the value.",
  check: (rule, context) =>
    templatesOf(rule, context)
      .filter(({ isLabel, uses }) => isLabel && uses?.readsValue === true)
      .map(
        ({ where }) =>
          `The label ${where} holds the value, so that each change is another alert: put it into an annotation.`,
      ),
};
