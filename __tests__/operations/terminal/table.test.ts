import { formatTable } from "../../../operations/terminal/table";

it("aligns texts to the left and numbers to the right, without trailing blanks", () => {
  const rows = [
    ["dev-docker", 8, ""],
    ["dev-cloudwatch", 13, "dev-docker"],
  ];
  expect(formatTable(["STACK", "RESOURCES", "AFTER"], rows)).toBe(
    [
      "STACK           RESOURCES  AFTER",
      "dev-docker              8",
      "dev-cloudwatch         13  dev-docker",
    ].join("\n"),
  );
});

it("is its headings when there are no rows", () => {
  expect(formatTable(["A", "B"], [])).toBe("A  B");
});
