import type { Customers } from "../customers/customers";

export const customers: Customers | undefined = undefined;
