// Handlers of net/http, as a server or measured in process. BUCKETS has the buckets of the peer, as JSON.
package main

import (
	"log"
	"net/http"
	"os"
)

var kinds = map[string]func() http.Handler{"bare": bare, "ours": ours, "peer": peer}

func main() {
	switch {
	case len(os.Args) == 3 && os.Args[1] == "serve" && kinds[os.Args[2]] != nil:
		serve(kinds[os.Args[2]]())
	case len(os.Args) == 3 && os.Args[1] == "in-process":
		inProcess(os.Args[2])
	default:
		log.Fatalf("Found %q, allowed: serve bare, serve ours, serve peer, in-process ROUNDS.", os.Args[1:])
	}
}
