/** The services of the shop: a line each. */
export const services = {
  "api-gateway": { seriesBudget: 10_000, owner: "storefront" },
  "product-service": { seriesBudget: 10_000, owner: "storefront" },
  "auth-service": { seriesBudget: 10_000, owner: "identity" },
  "order-service": { seriesBudget: 10_000, owner: "checkout" },
} as const;

/** Name of a service of the shop: the value of the label `service`. */
export type Service = keyof typeof services;
