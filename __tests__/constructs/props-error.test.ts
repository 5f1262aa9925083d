import { TerraformStack, Testing, Token } from "cdktf";
import { z } from "zod";
import { Problems, PropsError } from "../../constructs/props-error";

const size = z.strictObject({
  width: z.int({ error: "a whole number" }).min(1, { error: "1 or more" }),
  sides: z.array(z.enum(["left", "right"])).optional(),
});

function told(problems: Problems): readonly string[] {
  try {
    problems.throwFor(new TerraformStack(Testing.app(), "elsewhere"), "box");
  } catch (error) {
    if (error instanceof PropsError) return error.problems;
    throw error;
  }
  return [];
}

it.each<[string, unknown, string[]]>([
  ["nothing of what holds", { width: 1 }, []],
  [
    "each part by its path",
    { width: 0, sides: ["top"] },
    ["size.width: found 0, allowed: 1 or more", `size.sides[0]: found "top", allowed: one of left, right`],
  ],
  ["the first problem of a part alone", { width: -0.5 }, ["size.width: found -0.5, allowed: a whole number"]],
  ["what is missing", {}, ["size.width: found nothing, allowed: a whole number"]],
  [
    "a key that there is not",
    { width: 1, heigth: 2 },
    [`size: found {"width":1,"heigth":2}, allowed: no key heigth`],
  ],
  ["nothing of a value that Terraform knows only later", { width: Token.asNumber({ Ref: "later" }) }, []],
])("tells %s", (_, value, lines) => {
  expect(told(new Problems().holds(size, "size", value))).toEqual(lines);
});

it("tells once what is found twice", () => {
  expect(told(new Problems().expect(false, "a", 1, "2").expect(false, "a", 1, "2"))).toHaveLength(1);
});

it("names the construct and counts its problems", () => {
  const problems = new Problems().expect(false, "a", 1, "2").expect(false, "b", undefined, "3");
  expect(() => {
    problems.throwFor(new TerraformStack(Testing.app(), "elsewhere"), "box");
  }).toThrow(
    "elsewhere/box: 2 problems in its props:\n  a: found 1, allowed: 2\n  b: found nothing, allowed: 3",
  );
});
