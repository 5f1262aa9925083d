import fc from "fast-check";
import { routingProblems } from "../../alerts/routing/problems";
import { ownedServicesOf, owners } from "../../stacks/system";
import type { Environment } from "./environments";
import { dev } from "./environments/dev";
import { local } from "./environments/local";
import { prod } from "./environments/prod";
import { staging } from "./environments/staging";

/** Any value of JavaScript. */
export const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
});

/** Values that are nearly right somewhere, or that some layer below may choke on. */
const tempting = fc.oneof(
  fc.constantFrom<unknown>(
    "",
    " ",
    "a",
    "${x}",
    "%{ if true }",
    "${TfToken[TOKEN.0]}",
    "{{ . }}",
    "'; DROP",
    "__proto__",
    "i-0123456789abcdef0",
    "prom/prometheus:v3.13.5",
    "https://example.com/x",
    "15s",
    0,
    -1,
    0.5,
    1e21,
    NaN,
    Infinity,
    null,
    [],
    {},
  ),
  fc.integer({ min: -10, max: 100_000 }),
  fc.string({ maxLength: 300 }),
  fc.boolean(),
);

const valid = [local, dev, staging, prod];

/** Every path to a value of plain data. */
function paths(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => paths(inner, [...path, key]))];
}

const mutation = fc.record({
  where: fc.nat(),
  how: fc.constantFrom("replace", "delete", "copy", "vary"),
  value: fc.oneof({ arbitrary: tempting, weight: 3 }, { arbitrary: anything, weight: 1 }),
  from: fc.nat(),
});

/** A value of the same type, not far from the one that is there. */
function vary(value: unknown, by: number): unknown {
  if (typeof value === "number") return value + (by % 100);
  if (typeof value === "boolean") return !value;
  if (Array.isArray(value)) return value.slice(by % 2);
  return typeof value === "string" ? value.slice(0, 1 + (by % 40)) + "x".repeat(by % 3) : value;
}

/** A valid environment with one to three values replaced, removed, varied, or overwritten with another of its own. */
export const nearlyValid = fc
  .tuple(fc.constantFrom(...valid), fc.array(mutation, { minLength: 1, maxLength: 3 }))
  .map(([original, mutations]) => {
    const copy: unknown = structuredClone(original);
    for (const { where, how, value, from } of mutations) {
      const all = paths(copy);
      const target = all[where % all.length] ?? [];
      const key = target.at(-1);
      const parent = target
        .slice(0, -1)
        .reduce<unknown>((inner, each) => Reflect.get(Object(inner), each), copy);
      if (key === undefined || typeof parent !== "object" || parent === null) continue;
      const source = all[from % all.length] ?? [];
      const at = (path: string[]) =>
        path.reduce<unknown>((inner, each) => Reflect.get(Object(inner), each), copy);
      const replacement =
        how === "copy" ? structuredClone(at(source)) : how === "vary" ? vary(at(target), from) : value;
      if (how === "delete") Reflect.deleteProperty(parent, key);
      else Reflect.set(parent, key, replacement);
    }
    return copy;
  });

/** Whether the synth refuses an environment for its routes, which its own check cannot hold against the catalogue. */
export function hasRoutingProblems(environment: Environment): boolean {
  return routingProblems(environment.alerting.routes, ownedServicesOf(environment), owners).length > 0;
}
