import type { LabelsOf } from "../../metrics/catalogue";
import type { ShopCatalogue } from "../../shop/metrics/catalogue";
import { Problem } from "../platform/problem";
import { DependencyUnavailable } from "../platform/service-call";

/** Why an order failed, as the catalogue counts it. */
export type FailureReason = LabelsOf<ShopCatalogue, "orders_failed_total">["reason"];

/** An order that failed, with the reason under which it counts. */
export class OrderFailure extends Problem {
  constructor(
    readonly reason: FailureReason,
    status: number,
    detail: string,
    options?: ErrorOptions,
  ) {
    super(status, detail, options);
  }
}

/** The reason of any failure of an attempt to order. */
export function reasonOf(error: { readonly statusCode?: number | undefined }): FailureReason {
  if (error instanceof OrderFailure) return error.reason;
  if (error instanceof DependencyUnavailable) return "dependency_unavailable";
  const status = error.statusCode ?? 500;
  return status >= 400 && status < 500 ? "invalid_order" : "internal_error";
}
