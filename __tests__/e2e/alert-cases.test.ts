import { failuresOf, promtool } from "../support/promtool";
import { describeWith } from "../support/require-program";
import { ruleSettings } from "../support/rule-settings";
import { alertCases } from "../support/system";
import { temporaryFolder } from "../support/temporary-folder";

describeWith([promtool], "every alert, by promtool test rules", () => {
  const folder = temporaryFolder();

  it.each(
    alertCases.map((one) => [`${one.alert}, ${one.severity}, ${JSON.stringify(one.labels)}`, one] as const),
  )(
    "%s",
    (_, one) => {
      expect(failuresOf([{ one }], ruleSettings, folder())).toEqual([""]);
    },
    120_000,
  );
});
