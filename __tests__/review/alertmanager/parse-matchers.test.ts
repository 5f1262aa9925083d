import { parseMatchers } from "../../../review/alertmanager/parse-matchers";

/** What only the newer way of reading takes: a name in quotes. */
const modern = (value: string) => parseMatchers(`"depot.name"=${value}`);

it.each([
  ['"a"', "a"],
  ['"a \\"b\\" \\\\ \\n"', 'a "b" \\ \n'],
  ['"\\x41\\u00e4\\U0001f4e6\\101"', "Aä📦A"],
  ['"\\\\xff"', "\\xff"],
])("a text in quotes is read by Go's rules: %s", (text, value) => {
  expect(modern(text)).toMatchObject({ matchers: [{ label: "depot.name", value }] });
});

it.each(['"\\q"', '"\\\'"', '"\\xff"', '"\\\\\\xff"', '"\\377"', '"a\nb"'])(
  "what is no text by Go's rules is refused: %j",
  (text) => {
    expect(modern(text)).toHaveProperty("problem");
    expect(parseMatchers(`{"depot.name"=${text}}`)).toHaveProperty("problem");
  },
);
