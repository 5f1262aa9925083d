package main

import (
	"context"
	"fmt"
	"log"
	"net"
	"net/http"

	"microservices-monitoring/go/tracing"
)

// serve says where it listens.
func serve(handler http.Handler) {
	stop, err := tracing.Start(context.Background(), "product-service")
	if err != nil {
		log.Fatal(err)
	}
	defer stop()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("http://%s\n", listener.Addr())
	log.Fatal(http.Serve(listener, handler))
}
