package main

import (
	"encoding/json"
	"log"
	"net/http"
	"os"

	"bench/metrics"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

type product struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Price int    `json:"price"`
	Stock int    `json:"stock"`
}

func answer(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(product{"42", "Fountain pen", 39, 7})
}

// bare answers and measures nothing.
func bare() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /products/{id}", answer)
	return mux
}

// ours is instrumented as docs/any-language.md says.
func ours() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /products/{id}", answer)
	return metrics.NewProductService().Handler(mux)
}

// peer is instrumented as the documentation of promhttp says: each route by itself, its label curried.
func peer() http.Handler {
	labels := []string{"method", "route", "code"}
	count := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "http_requests_total"}, labels)
	duration := prometheus.NewHistogramVec(
		prometheus.HistogramOpts{Name: "http_request_duration_seconds", Buckets: buckets()}, labels)
	registry := prometheus.NewRegistry()
	registry.MustRegister(count, duration)
	instrumented := func(route string, next http.HandlerFunc) http.Handler {
		of := prometheus.Labels{"route": route}
		return promhttp.InstrumentHandlerDuration(duration.MustCurryWith(of),
			promhttp.InstrumentHandlerCounter(count.MustCurryWith(of), next))
	}
	mux := http.NewServeMux()
	mux.Handle("GET /products/{id}", instrumented("/products/:id", answer))
	mux.Handle("GET /metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	return mux
}

// buckets are those of ours.
func buckets() []float64 {
	var found []float64
	if err := json.Unmarshal([]byte(os.Getenv("BUCKETS")), &found); err != nil {
		log.Fatal(err)
	}
	return found
}
