/** Uids and titles of the shop's dashboards. The uids stand in links that people keep. */
export const titles = { "business-metrics": "Business Metrics" } as const;

/** Titles of the folders that they are in, by uid. */
export const audiences = { business: "Business" } as const;
