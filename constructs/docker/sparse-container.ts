import { Container } from "@cdktf/provider-docker/lib/container";

/**
 * A `docker_container` that renders what is set alone. Of an attribute that is not set the framework resolves the name
 * several times before it leaves it out, and a container has a hundred of them.
 */
export class SparseContainer extends Container {
  protected override synthesizeAttributes(): Record<string, unknown> {
    return withoutUnset(super.synthesizeAttributes());
  }
}

function withoutUnset(attributes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const set = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return Object.fromEntries(set.map(([name, value]) => [name, sparse(value)]));
}

/** What the framework puts in place of a value later is no plain object, and stays. */
function sparse(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sparse);
  return isPlain(value) ? withoutUnset(value) : value;
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
