import { catalogueOf, type Catalogue, type Metrics } from "../../../metrics/catalogue";
import { counter, foreign, gauge, histogram, owned, type Metric } from "../../../metrics/define";
import { frameworks, generateModule, ModuleError, type Target } from "../../../metrics/generate";
import { bounded, follows, oneOf, oneOfOr, open } from "../../../metrics/labels";
import { serviceGroups } from "../../../metrics/standard";
import { catalogue as ofSystem } from "../../support/system";

const services = { "job-runner": { seriesBudget: 10_000, owner: "jobs" } } as const;
const queue = bounded({ max: 5, rest: "other" });

/** A catalogue with a metric that no type would let in. */
function catalogueWith(metric: Metric): Catalogue {
  const owner = { owner: "jobs", exportedBy: ["job-runner"] };
  const own: Metrics = { [metric.name]: { ...metric, ...owner } };
  return { services, metrics: { ...catalogue.metrics, ...own } };
}

const catalogue = catalogueOf(
  services,
  ...serviceGroups,
  owned({ owner: "jobs", exportedBy: ["job-runner"] }, [
    counter("jobs_total", { help: 'Jobs, with """quotes""" and a \\.', unit: "jobs" }),
    counter("jobs_created_total", {
      help: "Jobs made.",
      unit: "jobs",
      labels: { class: oneOf("a b", "a_b") },
    }),
    gauge("queue_length", {
      help: "Jobs that wait.",
      unit: "jobs",
      labels: { queue, title: follows("queue", { rest: "others" }) },
    }),
    histogram("job_size_bytes", {
      help: "Size of a job.",
      unit: "bytes",
      buckets: [10, 100],
      labels: { type: oneOfOr("rest", "small", "large") },
    }),
    counter("queues_read_total", { help: "Reads.", unit: "reads", labels: { queue }, maxLabelSets: 3 }),
  ]),
);
const targets = {
  python: { language: "python" },
  go: { language: "go", folder: "my-metrics" },
  typescript: { language: "typescript", framework: "fastify" },
} as const satisfies Record<Target["language"], Target>;
const languages = ["python", "go", "typescript"] as const;
const made = (language: Target["language"]) => generateModule(catalogue, "job-runner", targets[language]);

describe("the module of a service", () => {
  it.each(languages)("in %s is the same each time, and says what made it", (language) => {
    const { file, text } = made(language);
    expect(made(language)).toEqual({ file, text });
    const framework = language === "typescript" ? " --framework fastify" : "";
    expect(text).toContain(`npm run generate -- --language ${language}${framework} --service job-runner`);
    expect(text.endsWith("\n")).toBe(true);
  });

  it("has the name that its language gives modules", () => {
    expect(languages.map((language) => made(language).file)).toEqual([
      "job_runner_metrics.py",
      "job_runner_metrics.go",
      "job-runner-metrics.ts",
    ]);
    expect(made("go").text).toContain("\npackage mymetrics\n");
    expect(generateModule(catalogue, "job-runner", { language: "go", folder: "1" }).text).toContain(
      "\npackage metrics\n",
    );
  });

  it.each(frameworks)("in TypeScript imports the instrumentation of %s, and no other", (framework) => {
    const { text } = generateModule(catalogue, "job-runner", { language: "typescript", framework });
    const imported = [...text.matchAll(/"microservices-monitoring\/services\/(.+)"/g)].map(
      ([, path]) => path,
    );
    expect(imported).toEqual([`instrumentation/${framework}`]);
    const given = framework === "fastify" ? "instrumentation, businessMetrics" : "service";
    expect(text).toContain(`\nexport const { ${given} } = instrumentationOver(catalogue);\n`);
  });

  it("keeps the values of a shared label apart once", () => {
    expect(made("python").text.match(/Bounded\(max=5/g)).toHaveLength(1);
    expect(made("python").text.match(/"queue": _QUEUE/g)).toHaveLength(2);
    expect(made("go").text.match(/Bounded\{Max: 5/g)).toHaveLength(1);
    expect(made("typescript").text.match(/bounded\(\{ max: 5/g)).toHaveLength(1);
  });

  it("names no parameter by a word of its language", () => {
    expect(made("python").text).toContain("def inc(self, by: float = 1, *, class_: JobsCreatedTotalClass)");
    expect(made("go").text).toContain("type_ JobSizeBytesType) {");
  });

  it("tells values apart whose names are one", () => {
    expect(made("go").text).toContain('JobsCreatedTotalClassAB   = JobsCreatedTotalClass{"a b"}');
    expect(made("go").text).toContain('JobsCreatedTotalClassAB_2 = JobsCreatedTotalClass{"a_b"}');
  });

  it("types a value by its base unit, and lets any text come where a label has a rest", () => {
    expect(made("python").text).toContain("def observe(self, value: Bytes, *, type: str)");
    expect(made("go").text).toContain("value monitoring.Bytes, type_ JobSizeBytesType");
    expect(made("go").text).toContain("func JobSizeBytesTypeOf(text string) JobSizeBytesType {");
  });

  it("sets no gauge whose label has a rest, which is a sum", () => {
    for (const language of ["python", "go"] as const) {
      expect(made(language).text).not.toMatch(/def set|\) Set\(/);
    }
  });

  it("says which metric OpenMetrics has as unknown", () => {
    expect(made("python").text.match(/unknown_in_openmetrics=True/g)).toHaveLength(1);
    expect(made("go").text.match(/UnknownInOpenMetrics: true/g)).toHaveLength(1);
  });

  it("escapes what a help text has", () => {
    expect(made("python").text).toContain('"""Jobs, with \\"\\"\\"quotes\\"\\"\\" and a \\\\.');
    expect(made("go").text).toContain('Help: "Jobs, with \\"\\"\\"quotes\\"\\"\\" and a \\\\."');
  });

  it.each(Object.keys(ofSystem.services))(
    "of %s, a service of the system, is made in every language",
    (service) => {
      for (const language of languages) {
        expect(generateModule(ofSystem, service, targets[language]).text.length).toBeGreaterThan(500);
      }
    },
  );
});

describe("no module is made", () => {
  it.each([
    [
      "a metric of others",
      foreign("gauge", "others_up", { help: "x", unit: "x" }),
      /others_up is a metric of others/,
    ],
    [
      "a summary",
      foreign("summary", "took_seconds", { help: "x", unit: "seconds" }),
      /took_seconds is a summary/,
    ],
    [
      "a label without a bound",
      counter("reads_total", { help: "x", unit: "x", labels: { path: open() } }),
      /reads_total: the label path is open\(\)/,
    ],
  ])("of %s", (_, metric, message) => {
    const make = () => generateModule(catalogueWith(metric), "job-runner", targets.python);
    expect(make).toThrow(ModuleError);
    expect(make).toThrow(message);
  });
});
