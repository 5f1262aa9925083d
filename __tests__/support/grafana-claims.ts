import { type JSONValue, search } from "@jmespath-community/jmespath";

/**
 * The role that Grafana takes from claims: it evaluates the expression, takes nothing but a text for an answer, and with
 * `role_attribute_strict` refuses who has none of its roles.
 */
export function roleOf(path: string, claims: JSONValue): string {
  const found = search(claims, path);
  return typeof found === "string" && ["Admin", "Editor", "Viewer"].includes(found) ? found : "refused";
}
