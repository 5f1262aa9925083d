/** Titles of the folders of dashboards that every system has, by uid: whom each is for. */
export const audiences = { platform: "Platform", services: "Services" } as const;
