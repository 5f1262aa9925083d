import { createRequire } from "node:module";

/** What a provider tells of a person, by the names of the claims. */
export type Claims = Readonly<Record<string, unknown>>;

// Its types are those of a module that is imported, which this one cannot do.
const { search } = createRequire(__filename)("@jmespath-community/jmespath") as {
  search: (data: Claims, expression: string) => unknown;
};

/**
 * The role that Grafana takes from claims: it evaluates the expression, takes nothing but a text for an answer, and with
 * `role_attribute_strict` refuses who has none of its roles.
 */
export function roleOf(path: string, claims: Claims): string {
  const found = search(claims, path);
  return typeof found === "string" && ["Admin", "Editor", "Viewer"].includes(found) ? found : "refused";
}
