import { type Edit } from "../support/edit";
import { problems } from "../support/environment-problems";
import { prod } from "../support/environments/prod";

const [url] = prod.services.flatMap(({ publicUrl }) => publicUrl ?? []);

it("the environment that is broken here has a service with a public URL", () => {
  expect(url).toBe("https://api.example.com");
  expect(problems()).toEqual([]);
});

it.each<[string, Edit[], string]>([
  [
    "a public URL that nobody asks",
    [["blackboxExporter", undefined]],
    "blackboxExporter: found nothing, allowed: {}, as services[0] has a publicUrl: the blackbox exporter asks it",
  ],
  [
    "an exporter that has nothing to ask",
    [["services.0.publicUrl", undefined]],
    "blackboxExporter: found a blackbox exporter, allowed: none where no service has a publicUrl and there is no edge: it would have nothing to ask",
  ],
  [
    "a probe without a URL",
    [["services.1.probe", {}]],
    "services[1].probe: found a probe of a service without a publicUrl, allowed: one beside a publicUrl, which it asks",
  ],
  [
    "a URL with a password",
    [["services.0.publicUrl", "https://user:secret@api.example.com"]],
    "services[0].publicUrl: found",
  ],
  [
    "a status that is none",
    [["services.0.probe", { statuses: [20] }]],
    "services[0].probe.statuses[0]: found 20, allowed: a whole number from 100 to 599",
  ],
  [
    "a text that is no regular expression",
    [["services.0.probe", { text: "(" }]],
    'services[0].probe.text: found "(", allowed: a regular expression (RE2)',
  ],
  [
    "a text that looks around, which RE2 cannot",
    [["services.0.probe", { text: "ok(?!.*error)" }]],
    "services[0].probe.text: found",
  ],
  [
    "a probe that may take as long as a scrape",
    [["services.0.probe", { timeout: "10s" }]],
    'services[0].probe.timeout: found "10s", allowed: a duration of at most 9500ms',
  ],
  [
    "a probe that may take longer than a scrape of this environment",
    [
      ["services.0.probe", { timeout: "2s" }],
      ["prometheus.scrapeTimeout", "2s"],
    ],
    'services[0].probe.timeout: found "2s", allowed: a duration of at most 1500ms',
  ],
  [
    "an objective of what nobody measures",
    [["alerting.objectives", { services: { "order-service": { reachability: 0.99 } } }]],
    'alerting.objectives.services["order-service"].reachability: found 0.99, allowed: none for a service without a publicUrl',
  ],
  [
    "a service that is called as the job of the probes",
    [["services.1.name", "probe"]],
    'services[1].name: found "probe", allowed: a name that the monitoring does not use itself',
  ],
  [
    "a certificate whose critical alert comes first",
    [["alerting.thresholds", { certificateDaysWarning: 5 }]],
    "alerting.thresholds.certificateDaysWarning: found 5, allowed: a number above certificateDaysCritical, which is 7",
  ],
])("refused is %s", (_, edits, expected) => {
  expect(problems(...edits)).toEqual([expect.stringContaining(expected)]);
});

it.each<[string, Edit[]]>([
  ["a text with flags", [["services.0.probe", { text: '(?i)"STATUS": *"ok"' }]]],
  ["a probe that ends in time", [["services.0.probe", { timeout: "9s", statuses: [200, 401] }]]],
  [
    "an objective of a service that is asked",
    [["alerting.objectives", { services: { "api-gateway": { reachability: 0.999 } } }]],
  ],
  [
    "no probes at all",
    [
      ["services.0.publicUrl", undefined],
      ["blackboxExporter", undefined],
    ],
  ],
])("taken is %s", (_, edits) => {
  expect(problems(...edits)).toEqual([]);
});
