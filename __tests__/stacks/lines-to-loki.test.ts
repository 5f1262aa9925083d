import { parse } from "yaml";
import { streamLabels } from "../../dashboards/logql";
import { logShipperConfigurationOf } from "../../stacks/log-shipping";
import { parseEnvironment } from "../support/environments";
import { local } from "../support/environments/local";

interface Configuration {
  readonly pipeline: { readonly outputs: readonly Readonly<Record<string, unknown>>[] };
}

function outputsTo(input: typeof local) {
  const environment = parseEnvironment(input, "local.ts");
  if (!environment.logShipper) throw new Error("There is no log shipper.");
  const text = logShipperConfigurationOf(environment, environment.logShipper);
  return (parse(text) as Configuration).pipeline.outputs.filter(({ name }) => name === "loki");
}

it("the log shipper sends lines to Loki where it is there, with the labels that panels ask for", () => {
  const [output, ...others] = outputsTo(local);
  expect(others).toEqual([]);
  expect(output).toMatchObject({ host: "loki", port: 3100 });
  const labels = [...String(output?.labels).matchAll(/(\w+)=/g)].map(([, name]) => name);
  expect(labels.sort()).toEqual([...streamLabels].sort());
  const { loki, ...without } = local;
  expect(loki).toBeDefined();
  expect(outputsTo(without)).toEqual([]);
});
