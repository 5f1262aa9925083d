// A server of net/http. The first argument says which: bare, ours or peer. BUCKETS has the buckets of the peer, as JSON.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"

	"bench/metrics"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"microservices-monitoring/go/tracing"
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

func main() {
	mux := http.NewServeMux()
	var handler http.Handler = mux
	switch os.Args[1] {
	case "bare":
		mux.HandleFunc("GET /products/{id}", answer)
	case "ours":
		stop, err := tracing.Start(context.Background(), "product-service")
		if err != nil {
			log.Fatal(err)
		}
		defer stop()
		mux.HandleFunc("GET /products/{id}", answer)
		handler = metrics.NewProductService().Handler(mux)
	case "peer":
		mux.Handle("GET /products/{id}", instrumented("/products/:id", http.HandlerFunc(answer)))
		mux.Handle("GET /metrics", promhttp.Handler())
	default:
		log.Fatalf("Found %s, allowed: bare, ours, peer.", os.Args[1])
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("http://%s\n", listener.Addr())
	log.Fatal(http.Serve(listener, handler))
}

// instrumented counts the requests of a route as the documentation of promhttp does, by the labels of ours.
func instrumented(route string, next http.Handler) http.Handler {
	var buckets []float64
	if err := json.Unmarshal([]byte(os.Getenv("BUCKETS")), &buckets); err != nil {
		log.Fatal(err)
	}
	labels := []string{"method", "route", "code"}
	count := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "http_requests_total"}, labels)
	duration := prometheus.NewHistogramVec(
		prometheus.HistogramOpts{Name: "http_request_duration_seconds", Buckets: buckets}, labels)
	prometheus.MustRegister(count, duration)
	of := prometheus.Labels{"route": route}
	return promhttp.InstrumentHandlerDuration(duration.MustCurryWith(of),
		promhttp.InstrumentHandlerCounter(count.MustCurryWith(of), next))
}
