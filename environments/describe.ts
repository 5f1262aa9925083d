import { quote } from "../metrics/describe";

export { describeValue, nearest } from "../metrics/describe";

/** `services[0].name` of `["services", 0, "name"]`; the environment itself is `(environment)`. */
export function formatPath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "(environment)";
  return path
    .map((key, index) => {
      if (typeof key === "number") return `[${String(key)}]`;
      const name = String(key);
      if (!/^[A-Za-z_$][\w$]*$/.test(name)) return `[${quote(name)}]`;
      return index === 0 ? name : `.${name}`;
    })
    .join("");
}
