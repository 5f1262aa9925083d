import { selectorsIn } from "./expression";
import type { Check } from "./rule";

/** Every recorded series is read: by a rule, or by a dashboard. */
export const unreadRecords: Check = ({ kind, name }, { rules, readElsewhere }) => {
  if (kind === "alert" || readElsewhere.has(name)) return [];
  const isRead = rules.some(
    ({ expr }) => expr !== undefined && selectorsIn(expr).some((one) => one.name === name),
  );
  return isRead ? [] : ["No rule and no dashboard reads what is recorded: leave the rule out."];
};
