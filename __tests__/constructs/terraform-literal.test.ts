import { terraformLiteral } from "../../constructs/terraform-literal";

it.each([
  ["${datasource}", "$${datasource}"],
  ["%{ if }", "%%{ if }"],
  ["a $b {c} 100 % { }", "a $b {c} 100 % { }"],
  ["$${already}", "$$${already}"],
  ["{{ .Labels.alertname }}", "{{ .Labels.alertname }}"],
])("%s", (text, literal) => {
  expect(terraformLiteral(text)).toBe(literal);
});
