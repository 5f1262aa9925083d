import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ExpositionFormat } from "../../../metrics/contract/exposition";
import { makeGoModule } from "./folders";
import { go } from "./programs";

const separator = "=== OpenMetrics\n";

/** A service of somebody else in Go, which measures with `client_golang` alone, and prints what scrapes would read. */
const program = `package main

import (
	"fmt"
	"net/http/httptest"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

func main() {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	payments := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "payments_total", Help: "Payments, by outcome."}, []string{"status"})
	waited := prometheus.NewCounter(prometheus.CounterOpts{Name: "payment_wait_seconds_total", Help: "Time that payments waited."})
	took := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "payment_duration_seconds", Help: "Time that a payment took.", Buckets: prometheus.DefBuckets,
	}, []string{"kind"})
	size := prometheus.NewSummary(prometheus.SummaryOpts{
		Name: "payment_size_bytes", Help: "Size of a payment.", Objectives: map[float64]float64{0.5: 0.05, 0.99: 0.001},
	})
	queue := prometheus.NewGauge(prometheus.GaugeOpts{Name: "queue_length", Help: "Payments that wait, with a \\"quote\\", a \\\\ and\\na line."})
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "payment_build_info", Help: "Build.", ConstLabels: prometheus.Labels{"revision": "a b\\"c\\\\d\\ne"},
	})
	something := prometheus.NewUntypedFunc(prometheus.UntypedOpts{Name: "something", Help: "Something."}, func() float64 { return 1 })
	registry.MustRegister(payments, waited, took, size, queue, build, something)
	trace := prometheus.Labels{"trace_id": "abc"}
	payments.WithLabelValues("success").(prometheus.ExemplarAdder).AddWithExemplar(2, trace)
	payments.WithLabelValues("failure").Inc()
	waited.Add(0.25)
	took.WithLabelValues("card").(prometheus.ExemplarObserver).ObserveWithExemplar(0.3, trace)
	size.Observe(300)
	queue.Set(1e21)
	build.Set(1)
	handler := promhttp.HandlerFor(registry, promhttp.HandlerOpts{
		EnableOpenMetrics: true, EnableOpenMetricsTextCreatedSamples: true,
	})
	get := func(accept string) string {
		request := httptest.NewRequest("GET", "/metrics", nil)
		request.Header.Set("Accept", accept)
		recorder := httptest.NewRecorder()
		handler.ServeHTTP(recorder, request)
		return recorder.Body.String()
	}
	fmt.Print(get("text/plain;version=0.0.4"), ${JSON.stringify(separator)}, get("application/openmetrics-text;version=1.0.0"))
}
`;

/** Runs it in a folder; what it exposes in either format. */
export function exposedByGo(folder: string): Readonly<Record<ExpositionFormat, string>> {
  makeGoModule(folder);
  writeFileSync(join(folder, "main.go"), program);
  const { status, stdout, stderr } = go(["run", "."], folder);
  if (status !== 0) throw new Error(stderr);
  const [text = "", open = ""] = stdout.split(separator);
  return { text, OpenMetrics: open };
}
