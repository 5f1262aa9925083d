import type { Check } from "../rule";

/** Alerts are found by name in routes, silences and runbooks, and Prometheus's own convention is CamelCase. */
export const alertName: Check = {
  name: "alert-name",
  summary: "An alert's name is CamelCase.",
  check({ kind, name }) {
    if (kind === "record" || name === "" || /^[A-Za-z][A-Za-z0-9]*$/.test(name)) return [];
    const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
    const camel = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
    return [
      `Alerts are named in CamelCase: ${/^[A-Za-z]/.test(camel) ? `"${camel}"` : "letters and digits only"}.`,
    ];
  },
};
