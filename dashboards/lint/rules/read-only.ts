import type { Rule } from "../rule";

/** What is changed in the UI is lost at the next deployment. */
export const readOnly: Rule = {
  name: "read-only",
  summary: "The dashboard cannot be edited in Grafana, as a file owns it.",
  check({ editable }) {
    return editable === false
      ? []
      : [{ panel: undefined, message: 'can be edited: set "editable" to false' }];
  },
};
