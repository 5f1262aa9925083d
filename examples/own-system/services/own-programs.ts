import type { OwnPrograms } from "./programs";

export const servicePrograms = {
  "ticket-service": { port: 4000, purpose: "sells tickets", calls: ["seat-service"] },
  "seat-service": { port: 4001, purpose: "knows the seats", calls: [] },
} as const satisfies OwnPrograms;

export const entry = "ticket-service";
export const firstPath = "/sell";
export const busiest = "ticket-service";
