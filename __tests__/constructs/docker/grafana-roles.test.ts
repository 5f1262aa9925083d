import fc from "fast-check";
import { type GrafanaRoles, roleAttributePath } from "../../../constructs/docker/grafana-roles";
import { type Claims, roleOf } from "../../support/grafana-claims";

const roles: GrafanaRoles = { admin: ["ops"], editor: ["/teams/parcels", "leads"], viewer: ["staff"] };
const path = roleAttributePath("groups", roles);

it("is an expression that a person can read", () => {
  expect(path).toBe(
    '["groups"][] | ([?@ == `"ops"`] && \'Admin\' || ' +
      '[?@ == `"/teams/parcels"` || @ == `"leads"`] && \'Editor\' || [?@ == `"staff"`] && \'Viewer\')',
  );
});

it.each<[string, Claims, string]>([
  ["an admin", { groups: ["ops"] }, "Admin"],
  ["an editor by either group", { groups: ["leads"] }, "Editor"],
  ["an editor of a group with slashes", { groups: ["/teams/parcels"] }, "Editor"],
  ["a viewer among groups that mean nothing", { groups: ["chess", "staff", "choir"] }, "Viewer"],
  ["of several the highest, whatever their order", { groups: ["staff", "leads", "ops"] }, "Admin"],
  ["of two the higher", { groups: ["staff", "leads"] }, "Editor"],
  ["nobody of other groups", { groups: ["chess"] }, "refused"],
  ["nobody without groups", { groups: [] }, "refused"],
  ["nobody whose claim is missing", { sub: "1", name: "ops" }, "refused"],
  ["nobody whose claim is null", { groups: null }, "refused"],
  ["who is in one group, told as a text", { groups: "ops" }, "Admin"],
  ["nobody whose text has a group's name in it", { groups: "devops, ops" }, "refused"],
  ["nobody whose group has a group's name in it", { groups: ["ops-trainees", "devops"] }, "refused"],
  ["nobody whose group is spelt in another case", { groups: ["Ops"] }, "refused"],
  [
    "nobody by a number, an object or a list in a list",
    { groups: [1, { name: "ops" }, [["ops"]]] },
    "refused",
  ],
  ["nobody by an object", { groups: { ops: true } }, "refused"],
  [
    "nobody by another claim of a role's name",
    { role: "Admin", roles: ["Admin"], groups: ["Admin"] },
    "refused",
  ],
])("lets in %s", (_, claims, expected) => {
  expect(roleOf(path, claims)).toBe(expected);
});

it("knows no role without groups, not even as a part of the expression", () => {
  const viewers = roleAttributePath("groups", { admin: [], editor: [], viewer: ["staff"] });
  expect(viewers).toBe('["groups"][] | ([?@ == `"staff"`] && \'Viewer\')');
  expect(roleOf(viewers, { groups: ["ops", "staff"] })).toBe("Viewer");
  expect(roleOf(viewers, { groups: ["ops"] })).toBe("refused");
});

it("reads a claim in another one, and one whose name is a URL", () => {
  const nested = roleAttributePath("realm_access.roles", roles);
  expect(roleOf(nested, { realm_access: { roles: ["ops"] } })).toBe("Admin");
  expect(roleOf(nested, { "realm_access.roles": ["ops"] })).toBe("refused");
  expect(roleOf(nested, { sub: "1" })).toBe("refused");
  const url = roleAttributePath("https://example.com/groups", roles);
  expect(roleOf(url, { "https://example.com/groups": ["leads"] })).toBe("Editor");
});

const hostile = [
  `it's`,
  `say "ops"`,
  "back`tick`",
  "C:\\ops\\",
  "\\",
  "\\u0041",
  "']] || 'Admin' || [['",
  '`"] && \'Admin\' || [?`"x"',
  "${var.secret}",
  "$__file{/run/secrets/grafana-admin-password}",
  "%(client_secret)s",
  "/ops/on-call & night #1; (EU)",
  "Größe – 運用 🚚",
];

it.each(hostile)("takes a group's name for a name alone: %s", (name) => {
  const only = roleAttributePath("groups", { admin: [], editor: [], viewer: [name] });
  expect(roleOf(only, { groups: [name] })).toBe("Viewer");
  expect(roleOf(only, { groups: ["another"] })).toBe("refused");
  // What Grafana's configuration and Terraform would expand, and what no environment variable should hold.
  expect(only).toMatch(/^[ -~]+$/);
  expect(only).not.toMatch(/[$%]/);
});

it("gives each person the highest of his groups' roles, whatever the groups are called", () => {
  const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" }), {
    minLength: 4,
    maxLength: 8,
  });
  fc.assert(
    fc.property(
      names,
      fc.nat(),
      fc.nat(),
      ([admin = "", editor = "", viewer = "", ...others], at, amount) => {
        const all = [admin, editor, viewer, ...others];
        const mine = Array.from({ length: amount % 4 }, (_, index) => all[(at + index) % all.length] ?? "");
        const expected = mine.includes(admin)
          ? "Admin"
          : mine.includes(editor)
            ? "Editor"
            : mine.includes(viewer)
              ? "Viewer"
              : "refused";
        const made = roleAttributePath("groups", { admin: [admin], editor: [editor], viewer: [viewer] });
        expect(roleOf(made, { groups: mine })).toBe(expected);
      },
    ),
  );
});
