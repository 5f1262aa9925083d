/** The services: a line each. */
export const services = {
  "ticket-service": { seriesBudget: 10_000, owner: "box-office" },
  "seat-service": { seriesBudget: 10_000, owner: "venue" },
} as const;

export type Service = keyof typeof services;
