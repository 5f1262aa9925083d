import { type NamedContainer, ownNameOf } from "../../operations/terraform/own-name";
import { Testing, TerraformStack } from "cdktf";

/** A block of Terraform JSON: a resource, a data source, a variable. */
export type Block = Readonly<Record<string, unknown>>;

interface TerraformJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly variable?: Readonly<Record<string, Block>>;
  readonly output?: Readonly<Record<string, Block>>;
  readonly provider?: Readonly<Record<string, readonly Block[]>>;
  readonly terraform?: Block;
}

/** The Terraform JSON of a stack, for fine-grained assertions. */
export class Template {
  private constructor(
    /** The JSON as Terraform gets it, without cdktf's metadata, keys sorted. */
    readonly text: string,
    private readonly json: TerraformJson,
  ) {}

  /** Synthesizes a stack with all its validations, after the preparation that references between stacks need. */
  static synth(stack: TerraformStack): Template {
    for (const construct of stack.node.root.node.findAll()) {
      if (TerraformStack.isStack(construct)) construct.prepareStack();
    }
    const text = Testing.synth(stack, true);
    return new Template(text, JSON.parse(text) as TerraformJson);
  }

  /** Resources of a type such as `aws_sns_topic`, in the order of their logical ids. */
  resources(type: string): Block[] {
    return Object.values(this.json.resource?.[type] ?? {});
  }

  /** The one resource of a type; an error when there is none or another. */
  resource(type: string): Block {
    return one(type, this.resources(type));
  }

  /** Logical ids of the resources of a type, or of all resources as `type.id`. */
  logicalIds(type?: string): string[] {
    const all = this.json.resource ?? {};
    if (type !== undefined) return Object.keys(all[type] ?? {});
    return Object.entries(all).flatMap(([each, blocks]) => Object.keys(blocks).map((id) => `${each}.${id}`));
  }

  /** Types of all resources, each once. */
  resourceTypes(): string[] {
    return Object.keys(this.json.resource ?? {});
  }

  /** Data sources of a type. */
  data(type: string): Block[] {
    return Object.values(this.json.data?.[type] ?? {});
  }

  /** Variables by name. */
  variables(): Readonly<Record<string, Block>> {
    return this.json.variable ?? {};
  }

  /** Outputs by name. */
  outputs(): Readonly<Record<string, Block>> {
    return this.json.output ?? {};
  }

  /** The one configuration of a provider such as `aws`. */
  provider(name: string): Block {
    return one(name, this.providers(name));
  }

  /** All configurations of a provider, that without an alias first. */
  providers(name: string): readonly Block[] {
    return this.json.provider?.[name] ?? [];
  }

  /** The `terraform` block: required providers, backend. */
  terraform(): Block {
    return this.json.terraform ?? {};
  }
}

/** The JSON in a text attribute of a block, such as a policy or a dashboard's body. */
export function parsed(block: Block, attribute: string): Block {
  const value = block[attribute];
  if (typeof value !== "string") throw new Error(`${attribute} is no text: ${JSON.stringify(value)}`);
  return JSON.parse(value) as Block;
}

function one(what: string, blocks: readonly Block[]): Block {
  const [first, ...others] = blocks;
  if (first === undefined || others.length > 0) {
    throw new Error(`Expected one ${what}, found ${String(blocks.length)}.`);
  }
  return first;
}

/** The name that a container has on its networks. */
export function containerNameOf(block: Block): string {
  return ownNameOf(block as unknown as NamedContainer);
}
