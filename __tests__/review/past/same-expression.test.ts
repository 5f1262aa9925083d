import { saysTheSame } from "../../../review/past/same-expression";

it.each([
  ["spaces and comments", "sum(parcels)  > 1", "sum( parcels )>1 # crowded"],
  ["parentheses that change nothing", "(parcels) + (1 * 2)", "parcels + 1 * 2"],
  ["durations", "rate(parcels_total[1h] offset 60s)", "rate(parcels_total[60m] offset 1m)"],
  ["numbers", "parcels > 1e3", "parcels > 1000"],
  ["infinity", "parcels < +Inf", "parcels < inf"],
  ["where labels are grouped", "sum(parcels) by (centre)", "sum by (centre) (parcels)"],
  ["the order of labels", "sum by (centre, door) (parcels)", "sum by (door, centre) (parcels)"],
  ["the order of matchers", '{__name__="parcels",a="1",b="2"}', 'parcels{b="2", a="1"}'],
  ["the order of offset and @", "parcels offset 1m @ 5", "parcels @ 5 offset 1m"],
  ["quotation marks", "parcels{a='b'}", 'parcels{a="b"}'],
  ["capital letters of keywords", "SUM(parcels) AND other", "sum(parcels) and other"],
  ["an empty list of group_left", "a * on (b) group_left () c", "a * on (b) group_left c"],
  ["texts that cannot be read", "sum(", "sum("],
])("takes for the same: %s", (_what, one, other) => {
  expect(saysTheSame(one, other)).toBe(true);
});

it.each([
  ["another number", "parcels > 1", "parcels > 2"],
  ["another infinity", "parcels > +Inf", "parcels > -Inf"],
  [
    "a number and a text",
    'label_replace(a, "b", "Infinity", "c", "")',
    'label_replace(a, "b", "inf", "c", "")',
  ],
  ["parentheses that change something", "(a + b) * c", "a + b * c"],
  ["a sign below a power", "-1 ^ 2", "(-1) ^ 2"],
  ["another operator", 'parcels{a="1"}', 'parcels{a!="1"}'],
  ["bool", "parcels > 1", "parcels > bool 1"],
  ["an empty list of labels", "sum without () (parcels)", "sum(parcels)"],
  ["what is grouped", "a / on (b) group_left c", "a / on (b) group_right c"],
  ["the order of operands", "a - b", "b - a"],
  ["the step of a subquery", "max_over_time(parcels[1h:])", "max_over_time(parcels[1h:1m])"],
  ["the time of @", "parcels @ start()", "parcels @ end()"],
  ["what fill() puts in", "a + fill(0) b", "a + fill(1) b"],
  ["how a range is extended", "increase(a_total[1m] anchored)", "increase(a_total[1m] smoothed)"],
  ["whether a range is extended", "increase(a_total[1m] anchored)", "increase(a_total[1m])"],
  ["a duration that a query decides", "rate(a_total[range()])", "rate(a_total[step()])"],
  ["such a duration of offset", "parcels offset step()", "parcels offset range()"],
  ["such a step", "max_over_time(parcels[1h:step()])", "max_over_time(parcels[1h:range()])"],
  ["texts that cannot be read", "sum(", "sum)"],
  ["one parenthesis too many", "sum(parcels))", "sum(parcels)"],
  ["functions that nobody knows", "brandnew(parcels)", "newest(parcels)"],
])("takes for two: %s", (_what, one, other) => {
  expect(saysTheSame(one, other)).toBe(false);
});
