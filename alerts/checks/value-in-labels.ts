import type { Check } from "./rule";

/** No label holds the value: with each new value it would be another alert, and resolve the one before. */
export const valueInLabels: Check = ({ labels }) =>
  Object.entries(labels).flatMap(([name, text]) =>
    /\{\{[^}]*(\$value|\.Value)\b/.test(text)
      ? [
          `The label ${name} holds the value, so that each change is another alert: put it into an annotation.`,
        ]
      : [],
  );
