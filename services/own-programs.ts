import type { OwnPrograms } from "./programs";

/** The services whose programs are in this repository. The catalogue may have others, which run elsewhere. */
export const servicePrograms = {
  "api-gateway": {
    port: 3000,
    metricsPort: 9464,
    purpose: "the shop's API; its index is at /",
    calls: ["product-service", "auth-service", "order-service"],
  },
  "product-service": { port: 3001, purpose: "products and their stock", calls: ["auth-service"] },
  "auth-service": { port: 3002, purpose: "accounts and logins", calls: [] },
  "order-service": { port: 3003, purpose: "orders", calls: ["product-service", "auth-service"] },
} as const satisfies OwnPrograms;

/** The program at which people and other systems come in. */
export const entry = "api-gateway";

/** A path of it at which a newcomer sees something. */
export const firstPath = "/api/products/products";

/** The service with the most requests: what goes wrong with a share of them is soon seen. */
export const busiest = "product-service";
