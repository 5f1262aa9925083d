/** Groups of a provider by the basic role of Grafana that they have. */
export interface GrafanaRoles {
  /** Groups whose people may change everything in the organization. */
  readonly admin: readonly string[];
  /** Groups whose people are editors. */
  readonly editor: readonly string[];
  /** Groups whose people are viewers. */
  readonly viewer: readonly string[];
}

const grafanaNames = { admin: "Admin", editor: "Editor", viewer: "Viewer" } as const;
/** From the highest on: the first that is found counts. */
const ranked = ["admin", "editor", "viewer"] as const;

/**
 * The role that a person has by his claims, as JMESPath (Grafana's `role_attribute_path`): the highest of those of his
 * groups, and no text where he has none. Groups are compared whole. A claim that is a text is one group.
 * @param claim name of the claim with the groups; dots lead into another claim, unless it is a URL
 */
export function roleAttributePath(claim: string, roles: GrafanaRoles): string {
  const cases = ranked
    .filter((role) => roles[role].length > 0)
    .map((role) => `[?${roles[role].map(isGroup).join(" || ")}] && '${grafanaNames[role]}'`);
  // A list of the claim, made flat: a list stays as it is, a text becomes the only entry, nothing becomes null. With
  // `contains`, a missing claim would be an error, and a text would hold each part of itself.
  return `[${identifier(claim)}][] | (${cases.join(" || ")})`;
}

function identifier(claim: string): string {
  const names = /^https?:/.test(claim) ? [claim] : claim.split(".");
  return names.map((name) => `"${escaped(name)}"`).join(".");
}

function isGroup(name: string): string {
  return `@ == \`"${escaped(name)}"\``;
}

/**
 * What is within the quotes of a JSON string. All that JMESPath, Grafana's configuration (`${…}`, `$__file{…}`, `%(…)s`)
 * or Terraform could read as more than itself is written by its number.
 */
function escaped(name: string): string {
  return name.replace(/[^\w ./:@+=,-]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
