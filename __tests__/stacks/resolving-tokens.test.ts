import { App, Fn, Lazy, TerraformElement, TerraformStack, Token } from "cdktf";
import { addStacks } from "../../stacks";
import { resolvingTokensAlone } from "../../stacks/resolving-tokens";
import { loadEnvironments } from "../support/environments";

/** The stacks of an app as the framework renders them, prepared as for a synth. */
function rendered(app: App): unknown {
  const stacks = app.node.children.filter((child) => TerraformStack.isStack(child));
  for (const stack of stacks) stack.prepareStack();
  return stacks.map((stack) => stack.toTerraform() as unknown);
}

function renderedQuickly(app: App): unknown {
  let result: unknown;
  resolvingTokensAlone(() => (result = rendered(app)));
  return result;
}

/** An app with a stack whose only element renders this. */
function appWith(value: unknown): App {
  class Element extends TerraformElement {
    override toTerraform(): unknown {
      return { value: { of: [value] } };
    }
  }
  const app = new App();
  new Element(new TerraformStack(app, "stack"), "element");
  return app;
}

it.each(loadEnvironments(undefined))(
  "$name: all stacks are what the framework makes of them",
  (environment) => {
    const app = new App();
    addStacks(app, environment);
    const quickly = renderedQuickly(app);
    expect(quickly).toStrictEqual(rendered(app));
    expect(JSON.stringify(quickly)).not.toContain("TfToken");
  },
);

class OfAClass {
  readonly kept = 1;
  readonly left = undefined;
}

const token = (value: unknown) => Lazy.anyValue({ produce: () => value });

it.each<readonly [string, unknown, unknown]>([
  ["a text", token("text"), "text"],
  ["a text that is part of one", `a ${Token.asString(token("text"))} and ${"${more}"}`, "a text and ${more}"],
  ["a number", Token.asNumber(token(7)), 7],
  ["a number in a text", `:${String(Token.asNumber(token(7)))}/`, ":7/"],
  ["what looks like one and is none", "1e+5 and 2e+", "1e+5 and 2e+"],
  ["a number that is large", 1e300, 1e300],
  ["a list", Token.asList(token(["a", "b"])), ["a", "b"]],
  ["a list of numbers", Token.asNumberList(token([1, 2])), [1, 2]],
  ["a map", Token.asStringMap(token({ a: "b" })), { a: "b" }],
  ["a key", { [Token.asString(token("key"))]: 1 }, { key: 1 }],
  ["a token in a token", token({ a: [Token.asString(token("text"))] }), { a: ["text"] }],
  ["a function", Fn.upper("a"), '${upper("a")}'],
  ["what is undefined", { a: undefined, b: [undefined, null, { c: undefined }] }, { b: [null, {}] }],
  ["what is of a class", new OfAClass(), { kept: 1 }],
])("%s is resolved as by the framework", (_name, value, expected) => {
  const quickly = renderedQuickly(appWith(value));
  expect(quickly).toMatchObject([{ value: { of: [expected] } }]);
  expect(quickly).toStrictEqual(rendered(appWith(value)));
});

it("an error says where, and the framework is as it was before", () => {
  const app = appWith(() => "a function");
  expect(() => renderedQuickly(app)).toThrow(/\/value\/of\/0/);
  expect(() => rendered(app)).toThrow(/\/value\/of\/0/);
});
