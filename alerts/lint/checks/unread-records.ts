import type { Check } from "../rule";

/** Every recorded series is read: by a rule, or by a dashboard. */
export const unreadRecords: Check = {
  name: "unread-records",
  summary: "Every recorded series is read; checked where it is told what dashboards read.",
  check({ kind, name }, { index, readElsewhere }) {
    if (kind === "alert" || readElsewhere === undefined) return [];
    return readElsewhere.has(name) || index.isRead(name)
      ? []
      : ["No rule and no dashboard reads what is recorded: leave the rule out."];
  },
};
