import { z } from "zod";
import { environmentSchema } from "./environment";
import type { Path } from "./rules/rule";

/** What of a JSON Schema says which keys there are. */
interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  /** What stands under each key, where the keys are names of somebody's own. */
  readonly additionalProperties?: SchemaNode | boolean;
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
}

let jsonSchema: SchemaNode | undefined;

/** The keys that an object at this path may have, by the schema; those of all its variants where it has several. */
export function keysAt(path: Path): string[] {
  // Only made when something is wrong: it costs more than the rest of a check.
  jsonSchema ??= z.toJSONSchema(environmentSchema, { io: "input" }) as SchemaNode;
  let nodes = variants(jsonSchema);
  for (const key of path) {
    const children = nodes.map(({ items, properties, additionalProperties }) =>
      typeof key === "number" ? items : (properties?.[String(key)] ?? additionalProperties),
    );
    nodes = children.flatMap((child) => (typeof child === "object" ? variants(child) : []));
  }
  return [...new Set(nodes.flatMap((node) => Object.keys(node.properties ?? {})))];
}

function variants(node: SchemaNode): SchemaNode[] {
  return [node, ...(node.anyOf ?? []), ...(node.oneOf ?? [])];
}
