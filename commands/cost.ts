import "../operations/terminal/load-failure";
import { loadEnvironments } from "../environments";
import { PrometheusClient } from "../operations/clients/prometheus-client";
import { costOf } from "../operations/cost/cost";
import { prices } from "../operations/cost/prices";
import { costJson, costText } from "../operations/cost/report";
import { defaultOpenValues } from "../signals/volume/series";
import { run } from "../operations/terminal/command";
import { numberIn, parseOptions, urlIn } from "../operations/terminal/options";
import { lineWidth } from "../operations/terminal/wrap";
import { oneEnvironmentOf, requiredSelection } from "../operations/terraform/selection";
import { watchedOf } from "../stacks/system";

const help = `Says how many series and samples an environment has, and what they cost in a month in each engine: one Prometheus on a machine of one's own, and Amazon Managed Prometheus. It asks nothing that runs, unless it is told where.

npm run cost -- <environment> [options]
npm run cost -- prod
npm run cost -- prod --prometheus http://127.0.0.1:9090
  --prometheus URL  count the series that a running Prometheus has, in place of those that the catalogue lets be there
  --open NUMBER     how many values to count of labels that nobody knows a bound of, such as disks (default ${String(defaultOpenValues)})
  --hours NUMBER    hours a day in which a dashboard is open (default 8)
  --json            print it as JSON
  --help            print this text`;

run(help, async (args) => {
  const { values, positionals } = parseOptions({
    args,
    allowPositionals: true,
    options: {
      prometheus: { type: "string" },
      open: { type: "string", default: String(defaultOpenValues) },
      hours: { type: "string", default: "8" },
      json: { type: "boolean", default: false },
    },
  });
  const openValues = numberIn("--open", values.open, 1, 1_000_000);
  const hours = numberIn("--hours", values.hours, 0, 24);
  const prometheus =
    values.prometheus === undefined
      ? undefined
      : new PrometheusClient(urlIn("--prometheus", values.prometheus).href.replace(/\/+$/, ""));
  const name = oneEnvironmentOf(requiredSelection(positionals, "npm run cost"));
  for (const environment of loadEnvironments(name)) {
    const report = await costOf(watchedOf(environment), { openValues, hours, prometheus, prices });
    console.log(values.json ? JSON.stringify(costJson(report), null, 2) : costText(report, lineWidth()));
  }
});
