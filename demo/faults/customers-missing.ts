import type { Absence } from "../../services/customers/customers";
import type { Disturbing } from "./failing";
import { exactly, type TourFault } from "./fault";

/** Customers stop doing something that they always do, and then do it again. */
export function customersMissing(absence: Absence, { begin, mend }: Disturbing): TourFault {
  return {
    ...absence,
    // The last of it leaves the range by time alone: no further scrape has to show it.
    course: ({ seconds, scrape }) => ({ onset: exactly(seconds - scrape), outlast: exactly(0) }),
    begin,
    mend,
  };
}
