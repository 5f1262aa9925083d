import { namesOfValues, pascalCase, quoted, snakeCase, wrapped } from "../../../metrics/generate/words";

it.each([
  ["jobs_failed_total", "JobsFailedTotal", "jobs_failed_total"],
  ["job-runner", "JobRunner", "job_runner"],
  ["a__b", "AB", "a_b"],
])("%s is %s as a type, and %s as a module", (name, type, module) => {
  expect([pascalCase(name), snakeCase(name)]).toEqual([type, module]);
});

it("values that come to one name are told apart by a number, and those without a letter are Value", () => {
  const names = namesOfValues(["out_of_memory", "out of memory", "+1", "-1", "", "é"]);
  expect([...names.values()]).toEqual(["OutOfMemory", "OutOfMemory_2", "1", "1_2", "Value", "Value_2"]);
});

it("a text is quoted so that Python, Go and TypeScript read it alike", () => {
  expect(quoted('a"b\\c\nd')).toBe('"a\\"b\\\\c\\nd"');
  expect(quoted("é\u2028\u0007")).toBe('"\\u00e9\\u2028\\u0007"');
  expect(JSON.parse(quoted("é\u2028😀\u007f"))).toBe("é\u2028😀\u007f");
});

it("lines are as wide as they may be, but for a word that is wider", () => {
  expect(wrapped("one two  three\nextraordinarily four", 8)).toEqual([
    "one two",
    "three",
    "extraordinarily",
    "four",
  ]);
  expect(wrapped("  ", 8)).toEqual([]);
});
