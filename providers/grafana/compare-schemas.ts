/** An attribute of a block: its type and flags. */
type Attribute = Readonly<Record<string, unknown>>;

/** A block of a resource or provider, as `terraform providers schema -json` has it. */
interface Block {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly block_types?: Readonly<Record<string, { readonly nesting_mode: string; readonly block: Block }>>;
}

interface Versioned {
  readonly version: number;
  readonly block: Block;
}

/** The part of a provider's schema that bindings are made of. */
export interface ProviderSchema {
  readonly provider: Versioned;
  readonly resource_schemas: Readonly<Record<string, Versioned>>;
}

/**
 * What of our schema the real provider does not have, or has otherwise; a line each. What only the provider has is no
 * difference, unless it is required: without it no resource can be made.
 */
export function compareSchemas(ours: ProviderSchema, real: ProviderSchema): string[] {
  const resources = Object.entries(ours.resource_schemas).flatMap(([name, schema]) => {
    const other = real.resource_schemas[name];
    return other ? compareVersioned(name, schema, other) : [`${name}: the provider has no such resource`];
  });
  return [...compareVersioned("provider", ours.provider, real.provider), ...resources];
}

function compareVersioned(path: string, ours: Versioned, real: Versioned): string[] {
  const version =
    ours.version === real.version
      ? []
      : [`${path}: schema version ${String(ours.version)}, the provider's is ${String(real.version)}`];
  return [...version, ...compareBlocks(path, ours.block, real.block)];
}

function compareBlocks(path: string, ours: Block, real: Block): string[] {
  const attributes = Object.entries(ours.attributes ?? {}).flatMap(([name, attribute]) => {
    const other = real.attributes?.[name];
    if (!other) return [`${path}.${name}: the provider has no such attribute`];
    return compareAttributes(`${path}.${name}`, attribute, other);
  });
  const missing = Object.entries(real.attributes ?? {})
    .filter(([name, { required }]) => required === true && ours.attributes?.[name] === undefined)
    .map(([name]) => `${path}.${name}: the provider requires this attribute`);
  const blocks = Object.entries(ours.block_types ?? {}).flatMap(([name, { nesting_mode, block }]) => {
    const other = real.block_types?.[name];
    if (!other) return [`${path}.${name}: the provider has no such block`];
    const nesting =
      nesting_mode === other.nesting_mode
        ? []
        : [`${path}.${name}: nesting ${nesting_mode}, the provider's is ${other.nesting_mode}`];
    return [...nesting, ...compareBlocks(`${path}.${name}`, block, other.block)];
  });
  return [...attributes, ...missing, ...blocks];
}

const facts = ["type", "required", "optional", "computed", "sensitive"] as const;

function compareAttributes(path: string, ours: Attribute, real: Attribute): string[] {
  return facts.flatMap((fact) => {
    const [mine, theirs] = [JSON.stringify(ours[fact]), JSON.stringify(real[fact])];
    return mine === theirs
      ? []
      : [`${path}: ${fact} is ${mine ?? "not set"}, the provider's ${theirs ?? "not set"}`];
  });
}
