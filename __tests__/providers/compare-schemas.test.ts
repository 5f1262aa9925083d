import { compareSchemas, type ProviderSchema } from "../../providers/grafana/compare-schemas";
import own from "../../providers/grafana/schema.json";
import { edited } from "../support/edit";

const ours: ProviderSchema = own;
const changed = (...edits: Parameters<typeof edited>[1][]) => edited(ours, ...edits) as ProviderSchema;

it("finds nothing where both are the same", () => {
  expect(compareSchemas(ours, ours)).toEqual([]);
});

it("does not mind what the provider has beside it", () => {
  const real = changed(
    ["resource_schemas.grafana_team", { version: 0, block: {} }],
    ["resource_schemas.grafana_folder.block.attributes.colour", { type: "string", optional: true }],
    ["resource_schemas.grafana_folder.block.attributes.title.description", "The title of the folder."],
  );
  expect(compareSchemas(ours, real)).toEqual([]);
});

it.each<[string, Parameters<typeof edited>[1], string]>([
  [
    "a resource that is gone",
    ["resource_schemas.grafana_folder", undefined],
    "grafana_folder: the provider has no such resource",
  ],
  [
    "an attribute that is gone",
    ["resource_schemas.grafana_folder.block.attributes.title", undefined],
    "grafana_folder.title: the provider has no such attribute",
  ],
  [
    "another type",
    ["provider.block.attributes.retries.type", "string"],
    `provider.retries: type is "number", the provider's "string"`,
  ],
  [
    "a flag that is gone",
    ["provider.block.attributes.auth.sensitive", undefined],
    "provider.auth: sensitive is true, the provider's not set",
  ],
  [
    "an attribute that is required now",
    ["resource_schemas.grafana_folder.block.attributes.owner", { type: "string", required: true }],
    "grafana_folder.owner: the provider requires this attribute",
  ],
  [
    "another schema version",
    ["resource_schemas.grafana_dashboard.version", 2],
    "grafana_dashboard: schema version 1, the provider's is 2",
  ],
])("finds %s", (_, edit, line) => {
  expect(compareSchemas(ours, changed(edit))).toEqual([line]);
});

it("looks into blocks", () => {
  const block = { attributes: { role: { type: "string", required: true } } };
  const path = "resource_schemas.grafana_folder.block.block_types";
  const mine = changed([path, { permissions: { nesting_mode: "set", block } }]);
  const theirs = changed([path, { permissions: { nesting_mode: "list", block: { attributes: {} } } }]);
  expect(compareSchemas(mine, theirs)).toEqual([
    "grafana_folder.permissions: nesting set, the provider's is list",
    "grafana_folder.permissions.role: the provider has no such attribute",
  ]);
  expect(compareSchemas(mine, ours)).toEqual(["grafana_folder.permissions: the provider has no such block"]);
});
