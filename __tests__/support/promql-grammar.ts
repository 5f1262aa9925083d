import fc from "fast-check";
import { hardFrom } from "./hard-series";

/** Expressions of all that PromQL has, over the series of hard-series.ts. Not all of them have values: some are errors. */
export function anyExpressions(): fc.Arbitrary<string> {
  const pick = <T>(...of: readonly T[]) => fc.constantFrom(...of);
  const duration = pick("15s", "29s", "30s", "1m", "90s", "2m30s", "5m", "10m", "30m", "1h", "1500ms");
  const short = pick("15s", "1m", "5m", "7m", "10m");
  const number = fc.oneof(
    pick("0", "1", "2", "-1", "0.5", "10", "100", "1e3", "-3.7", "NaN", "Inf", "-Inf", "1h"),
    fc.double({ min: -500, max: 500, noNaN: true }).map((value) => value.toFixed(3)),
  );
  const labels = fc.subarray(["depot", "kind", "instance", "le", "site", "job", "missing"], { maxLength: 3 });
  const list = labels.map((names) => `(${names.join(", ")})`);
  const matcher = pick(
    'depot="a"',
    'depot!="b"',
    'depot=~"a|c"',
    'depot!~"a.*"',
    'instance=~"i[12]"',
    'kind="x"',
    'missing=""',
    'site=~".+"',
    'depot=~".*"',
  );
  const name = pick(
    ...[
      "parcels_total",
      "parcels_total",
      "parcels_weight",
      "parcels_weight",
      "parcels_noise",
      "parcels_queue",
    ],
    ...["up", "payments_seconds_bucket", "parcels_large", "parcels_mixed", "parcels_words", "parcels_none"],
  );
  const base = fc.oneof(
    { arbitrary: name, weight: 6 },
    {
      arbitrary: fc
        .tuple(name, fc.subarray([0, 1], { minLength: 1 }), matcher, matcher)
        .map(([metric, which, ...two]) => `${metric}{${which.map((index) => two[index] ?? "").join(",")}}`),
      weight: 4,
    },
    { arbitrary: pick('{__name__=~"parcels_twin_.*"}', '{__name__=~"parcels_(queue|noise)"}'), weight: 1 },
  );
  const shift = fc.oneof(
    { arbitrary: fc.constant(""), weight: 8 },
    { arbitrary: pick(" offset 1m", " offset 7m", " offset -2m", " offset 90s"), weight: 2 },
    {
      arbitrary: pick(
        " @ start()",
        " @ end()",
        ` @ ${String(hardFrom / 1000 + 7_000)}`,
        ` @ ${String(hardFrom / 1000 + 3_600.5)} offset 3m`,
        " offset 1m @ end()",
      ),
      weight: 1,
    },
  );
  const matching = fc.oneof(
    { arbitrary: fc.constant(""), weight: 3 },
    { arbitrary: list.map((names) => ` on ${names}`), weight: 3 },
    { arbitrary: list.map((names) => ` ignoring ${names}`), weight: 2 },
    {
      arbitrary: pick(" on (depot)", " on (depot, instance)", " ignoring (kind)", " ignoring (instance)"),
      weight: 3,
    },
  );
  const grouping = fc.oneof(
    { arbitrary: fc.constant(""), weight: 3 },
    {
      arbitrary: fc.tuple(pick(" group_left", " group_right"), list).map((parts) => parts.join(" ")),
      weight: 1,
    },
    { arbitrary: pick(" group_left ()", " group_right ()", " group_left (site)"), weight: 2 },
  );
  const by = fc.oneof(
    fc.constant(""),
    fc.tuple(pick("by", "without"), list).map((parts) => parts.join(" ")),
    pick("by (depot)", "without (instance)", "by (__name__)"),
  );
  return fc.letrec<{ vector: string; scalar: string; range: string; noise: string }>((tie) => {
    const [vector, scalar, range, noise] = [tie("vector"), tie("scalar"), tie("range"), tie("noise")];
    const selector = fc.tuple(base, shift).map((parts) => parts.join(""));
    return {
      scalar: fc.oneof(
        { maxDepth: 3, depthIdentifier: "any" },
        number,
        pick("time()", "pi()"),
        vector.map((of) => `scalar(${of})`),
        fc
          .tuple(scalar, pick("+", "-", "*", "/", "%", "^", "atan2", "> bool", "== bool"), scalar)
          .map(([left, op, right]) => `(${left} ${op} ${right})`),
        scalar.map((of) => `-(${of})`),
      ),
      range: fc.oneof(
        { maxDepth: 4, depthIdentifier: "any" },
        {
          arbitrary: fc.tuple(base, duration, shift).map(([of, length, by]) => `${of}[${length}]${by}`),
          weight: 5,
        },
        {
          arbitrary: fc
            .tuple(vector, short, pick("", "30s", "1m", "47s"), shift)
            .map(([of, length, step, by]) => `(${of})[${length}:${step}]${by}`),
          weight: 2,
        },
      ),
      /** No two values are the same, so that it is clear which are the largest. */
      noise: fc.oneof(
        { maxDepth: 3, depthIdentifier: "any" },
        pick("parcels_noise", 'parcels_noise{depot!="b"}', "parcels_noise offset 3m"),
        noise.map((of) => `(${of} > -100)`),
        noise.map((of) => `(${of} * 2)`),
        noise.map((of) => `sum by (depot) (${of})`),
        pick("max_over_time(parcels_noise[20s])", "last_over_time(parcels_noise[5m])"),
      ),
      vector: fc.oneof(
        { maxDepth: 4, depthIdentifier: "any" },
        { arbitrary: selector, weight: 6 },
        {
          arbitrary: fc.tuple(pick(...overTime), range).map(([fn, of]) => `${fn}(${of})`),
          weight: 8,
        },
        fc
          .tuple(pick("0.5", "0.9", "0", "1", "-1", "2", "NaN"), range)
          .map(([q, of]) => `quantile_over_time(${q}, ${of})`),
        fc.tuple(range, scalar).map(([of, seconds]) => `predict_linear(${of}, ${seconds})`),
        range.map((of) => `double_exponential_smoothing(${of}, 0.3, 0.6)`),
        {
          arbitrary: fc
            .tuple(pick(...aggregations), by, vector)
            .map(([op, how, of]) => `${op} ${how} (${of})`),
          weight: 5,
        },
        fc.tuple(by, scalar, vector).map(([how, q, of]) => `quantile ${how} (${q}, ${of})`),
        fc
          .tuple(pick("topk", "bottomk"), by, pick("1", "2", "3", "time() % 4", "0", "2.9"), noise)
          .map(([op, how, k, of]) => `${op} ${how} (${k}, ${of})`),
        fc.tuple(by, vector).map(([how, of]) => `count_values ${how} ("value", round(${of}))`),
        {
          arbitrary: fc
            .tuple(vector, pick(...arithmetic, ...comparisons), matching, grouping, vector)
            .map(
              ([left, op, how, group, right]) => `(${left} ${op}${how}${how === "" ? "" : group} ${right})`,
            ),
          weight: 5,
        },
        {
          arbitrary: fc
            .tuple(
              pick(
                "parcels_total",
                "parcels_weight",
                "parcels_noise",
                "rate(parcels_total[5m])",
                "-parcels_weight",
              ),
              pick(...arithmetic, ...comparisons),
            )
            .map(([left, op]) => `(${left} ${op} on (depot) group_left (site) parcels_queue)`),
          weight: 2,
        },
        fc
          .tuple(vector, pick("and", "or", "unless"), matching, vector)
          .map(([left, op, how, right]) => `(${left} ${op}${how} ${right})`),
        {
          arbitrary: fc
            .tuple(vector, pick(...arithmetic, ...comparisons), scalar)
            .map(([left, op, right]) => `(${left} ${op} ${right})`),
          weight: 3,
        },
        fc
          .tuple(scalar, pick(...arithmetic, ...comparisons), vector)
          .map(([left, op, right]) => `(${left} ${op} ${right})`),
        vector.map((of) => `-(${of})`),
        { arbitrary: fc.tuple(pick(...maths), vector).map(([fn, of]) => `${fn}(${of})`), weight: 3 },
        fc.tuple(vector, scalar, scalar).map(([of, low, high]) => `clamp(${of}, ${low}, ${high})`),
        fc
          .tuple(pick("clamp_min", "clamp_max", "round"), vector, number)
          .map(([fn, of, to]) => `${fn}(${of}, ${to})`),
        fc.tuple(pick("absent", "timestamp"), vector).map(([fn, of]) => `${fn}(${of})`),
        fc.tuple(pick("absent", "timestamp"), selector).map(([fn, of]) => `${fn}(${of})`),
        scalar.map((of) => `vector(${of})`),
        pick(...dates.map((fn) => `${fn}()`)),
        fc.tuple(pick(...dates), vector).map(([fn, of]) => `${fn}(${of})`),
        pick(...dates.map((fn) => `${fn}(timestamp(parcels_words) * 3)`)),
        fc.tuple(vector, pick(...replacements)).map(([of, how]) => `label_replace(${of}, ${how})`),
        fc
          .tuple(
            vector,
            pick(
              '"joined", "-", "depot", "kind"',
              '"depot", "", "missing"',
              '"__name__", "_", "depot", "instance"',
            ),
          )
          .map(([of, how]) => `label_join(${of}, ${how})`),
        fc
          .tuple(pick("0.5", "0.99", "0", "1", "-0.1", "1.1", "NaN", "time() / 4e9"), pick(...buckets))
          .map(([q, of]) => `histogram_quantile(${q}, ${of})`),
        fc
          .tuple(pick("0", "0.2", "-Inf", "1"), pick("0.5", "0.7", "3", "+Inf", "-1"), pick(...buckets))
          .map(([low, high, of]) => `histogram_fraction(${low}, ${high}, ${of})`),
        fc.tuple(scalar, vector).map(([q, of]) => `histogram_quantile(${q}, ${of})`),
      ),
    };
  }).vector;
}

const overTime = [
  ...["rate", "rate", "increase", "delta", "irate", "idelta", "deriv", "changes", "resets", "avg_over_time"],
  ...[
    "sum_over_time",
    "min_over_time",
    "max_over_time",
    "count_over_time",
    "last_over_time",
    "first_over_time",
  ],
  ...["stddev_over_time", "stdvar_over_time", "present_over_time", "absent_over_time", "mad_over_time"],
  ...["ts_of_first_over_time", "ts_of_last_over_time", "ts_of_max_over_time", "ts_of_min_over_time"],
];
const aggregations = ["sum", "sum", "avg", "min", "max", "count", "group", "stddev", "stdvar"];
const arithmetic = ["+", "-", "*", "/", "%", "^", "atan2"];
const comparisons = ["==", "!=", ">", "<", ">=", "<=", "> bool", "== bool", "<= bool"];
const maths = [
  ...[
    "abs",
    "ceil",
    "floor",
    "exp",
    "sqrt",
    "ln",
    "log2",
    "log10",
    "sgn",
    "sin",
    "cos",
    "tan",
    "asin",
    "acos",
  ],
  ...["atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "deg", "rad", "round", "sort", "sort_desc"],
];
const dates = [
  ...["minute", "hour", "day_of_month", "day_of_week", "day_of_year", "days_in_month", "month", "year"],
];
const replacements = [
  '"new", "$1", "depot", "(.*)"',
  '"depot", "same", "depot", "a|b"',
  '"new", "${first}-$$-$first_$2", "instance", "(?P<first>i)(.)"',
  '"__name__", "renamed", "depot", ".*"',
  '"depot", "", "depot", ".*"',
  '"new", "x$1x", "path", "/(\\\\w+).*"',
];
const buckets = [
  "payments_seconds_bucket",
  "rate(payments_seconds_bucket[5m])",
  "sum by (le) (rate(payments_seconds_bucket[5m]))",
  "sum by (depot, le) (increase(payments_seconds_bucket[10m]))",
  'payments_seconds_bucket{depot="b"} - 3',
];
