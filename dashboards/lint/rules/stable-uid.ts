import type { Rule } from "../rule";

/** Without one, each import makes another dashboard under another URL. */
export const stableUid: Rule = {
  name: "stable-uid",
  summary: "The dashboard has a uid of 1 to 40 letters, digits, dashes and underscores.",
  check({ uid }) {
    if (/^[A-Za-z0-9_-]{1,40}$/.test(uid)) return [];
    const what = uid === "" ? "has no uid" : `has the uid "${uid}" of ${String(uid.length)} characters`;
    return [{ panel: undefined, message: `${what}; wanted are 1 to 40 letters, digits, - and _` }];
  },
};
