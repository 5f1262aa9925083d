import type { Customers } from "../customers/customers";
import { absence } from "./absence";
import { sendTraffic } from "./traffic";

/** The customers of the services here; undefined where nobody is made up. */
export const customers: Customers | undefined = { send: sendTraffic, absence };
