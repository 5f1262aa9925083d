import { mkdirSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ManagedProcess } from "../../../demo/processes";
import type { ExpositionFormat } from "../../../metrics/contract/exposition";
import { freePort } from "../../../operations/loopback-port";
import { pythonServices } from "./programs";

/** A service of somebody else in Python, which measures with `prometheus_client` alone. */
const program = String.raw`
import os
from prometheus_client import CollectorRegistry, Counter, Enum, Gauge, Histogram, Info, REGISTRY, Summary
from prometheus_client import make_asgi_app, make_wsgi_app, multiprocess
from prometheus_client.core import GaugeHistogramMetricFamily, UnknownMetricFamily

several = "PROMETHEUS_MULTIPROC_DIR" in os.environ
payments = Counter("payments", "Payments, by outcome.", ["status"])
waited = Counter("payment_wait", "Time that payments waited.", unit="seconds")
took = Histogram("payment_duration", "Time that a payment took.", ["kind"], unit="seconds", buckets=(0.1, 1, 5))
size = Summary("payment_size_bytes", "Size of a payment.", ["kind"])
queue = Gauge("queue_length", "Payments that wait.")
busy = {
    mode: Gauge("workers_" + mode.replace("sum", "added"), "Workers, " + mode + ".", multiprocess_mode=mode)
    for mode in ("all", "liveall", "min", "max", "sum", "livesum", "mostrecent")
}
labelled = Gauge("open_payments", "Payments that are open.", ["kind"], multiprocess_mode="livesum")
if not several:
    Info("payment_build", "Build of the service.").info({"revision": "a b\"c\\d\ne"})
    Enum("payment_mode", "Mode of the service.", states=["on", "off"]).state("on")

    class Odd:
        def collect(self):
            histogram = GaugeHistogramMetricFamily("queue_age_seconds", "Age of what waits.")
            histogram.add_metric([], buckets=[("1.0", 2), ("+Inf", 3)], gsum_value=4)
            yield histogram
            yield UnknownMetricFamily("something", "Something.", value=float("nan"))

    REGISTRY.register(Odd())

def use():
    exemplar = {} if several else {"exemplar": {"trace_id": "abc"}}
    payments.labels("success").inc(**exemplar)
    payments.labels("failure").inc(0)
    waited.inc(0.25)
    took.labels("card").observe(0.5, **exemplar)
    size.labels("card").observe(300)
    queue.set(3)
    for gauge in busy.values():
        gauge.set(2)
    labelled.labels("card").inc()

def application(environ, start_response):
    if environ["PATH_INFO"] == "/metrics":
        registry = REGISTRY
        if several:
            registry = CollectorRegistry()
            multiprocess.MultiProcessCollector(registry)
        return make_wsgi_app(registry)(environ, start_response)
    use()
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(os.getpid()).encode()]

if not several:
    use()
`;

/** Prints the samples that `prometheus_client` reads in an exposition, as JSON. */
const reader = String.raw`
import json, sys
if sys.argv[1] == "OpenMetrics":
    from prometheus_client.openmetrics.parser import text_string_to_metric_families as read
else:
    from prometheus_client.parser import text_string_to_metric_families as read
print(json.dumps([[s.name, sorted(s.labels.items()), str(s.value)] for f in read(sys.stdin.buffer.read().decode()) for s in f.samples]))
`;

/** Such a service that runs. */
export interface ForeignService {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts it under gunicorn. With several workers it is `prometheus_client`'s multiprocess mode; each has counted. */
export async function startForeignService(folder: string, workers: number): Promise<ForeignService> {
  writeFileSync(join(folder, "foreign.py"), program);
  const values = join(folder, "values");
  mkdirSync(values);
  const host = `127.0.0.1:${String(await freePort())}`;
  const service = new ManagedProcess({
    name: "foreign service",
    command: pythonServices.name,
    args: ["-m", "gunicorn", "--workers", String(workers), "--bind", host, "foreign:application"],
    cwd: folder,
    env: { ...process.env, ...(workers > 1 && { PROMETHEUS_MULTIPROC_DIR: values }) },
  });
  const url = `http://${host}`;
  const used = new Set<string>();
  for (const deadline = Date.now() + 60_000; used.size < workers; await sleep(20)) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer !== undefined) used.add(await answer.text());
    if (Date.now() < deadline) continue;
    await service.stop();
    throw new Error("Not all workers have answered within a minute.");
  }
  return { url, stop: () => service.stop().then(() => undefined) };
}

/** A sample as `prometheus_client` reads it: its name, its labels and its value. */
export type ReadSample = readonly [
  name: string,
  labels: readonly (readonly [string, string])[],
  value: string,
];

/** The samples that `prometheus_client` reads in an exposition. */
export function readByPython(body: string, format: ExpositionFormat): readonly ReadSample[] {
  const { status, stdout, stderr } = spawnSync(pythonServices.name, ["-c", reader, format], {
    input: body,
    encoding: "utf8",
    timeout: 60_000,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as readonly ReadSample[];
}
