package tracing

import (
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"go.opentelemetry.io/otel"
	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	sent "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

// received is what a collector got.
type received struct {
	mutex    sync.Mutex
	requests []*http.Request
	bodies   []*collector.ExportTraceServiceRequest
	// problems are of what could not be read.
	problems []error
	// hold has each request wait until its client gives up, for 3 s at most.
	hold bool
	// waited is how long each did.
	waited []time.Duration
}

func (r *received) ServeHTTP(_ http.ResponseWriter, request *http.Request) {
	body, err := bodyOf(request)
	if r.hold {
		start := time.Now()
		select {
		case <-request.Context().Done():
		case <-time.After(3 * time.Second):
		}
		r.mutex.Lock()
		r.waited = append(r.waited, time.Since(start))
		r.mutex.Unlock()
	}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if err != nil {
		r.problems = append(r.problems, err)
		return
	}
	r.requests, r.bodies = append(r.requests, request), append(r.bodies, body)
}

func bodyOf(request *http.Request) (*collector.ExportTraceServiceRequest, error) {
	var from io.Reader = request.Body
	if request.Header.Get("Content-Encoding") == "gzip" {
		unzipped, err := gzip.NewReader(from)
		if err != nil {
			return nil, err
		}
		from = unzipped
	}
	data, err := io.ReadAll(from)
	if err != nil {
		return nil, err
	}
	var body collector.ExportTraceServiceRequest
	return &body, proto.Unmarshal(data, &body)
}

// spans are those of all requests.
func (r *received) spans(t *testing.T) []*sent.Span {
	t.Helper()
	r.mutex.Lock()
	defer r.mutex.Unlock()
	for _, problem := range r.problems {
		t.Error(problem)
	}
	var found []*sent.Span
	for _, body := range r.bodies {
		for _, of := range body.ResourceSpans {
			for _, scope := range of.ScopeSpans {
				found = append(found, scope.Spans...)
			}
		}
	}
	return found
}

// resource has the attributes of what sent the first request.
func (r *received) resource() map[string]string {
	found := map[string]string{}
	for _, attribute := range r.bodies[0].ResourceSpans[0].Resource.Attributes {
		found[attribute.Key] = attribute.Value.GetStringValue()
	}
	return found
}

// collect is what a collector gets of the spans that make makes, with these variables and that of its address.
func collect(t *testing.T, env map[string]string, make func()) *received {
	t.Helper()
	got := &received{}
	server := httptest.NewServer(got)
	defer server.Close()
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", server.URL)
	collectTo(t, env, make)
	return got
}

func collectTo(t *testing.T, env map[string]string, make func()) {
	t.Helper()
	for name, value := range env {
		t.Setenv(name, value)
	}
	stop, err := Start(context.Background(), "parcel-service")
	if err != nil {
		t.Fatal(err)
	}
	make()
	stop()
}

func oneSpan() {
	_, span := otel.Tracer("test").Start(context.Background(), "sort parcels")
	span.End()
}

// certificates writes those of a server to files, and lets it ask its clients for the same one.
func certificates(t *testing.T, server *httptest.Server) (certificate, key string) {
	t.Helper()
	folder := t.TempDir()
	write := func(name, kind string, data []byte) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: data}), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	private, err := x509.MarshalPKCS8PrivateKey(server.TLS.Certificates[0].PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	server.TLS.ClientAuth = tls.RequireAnyClientCert
	return write("certificate.pem", "CERTIFICATE", server.Certificate().Raw), write("key.pem", "PRIVATE KEY", private)
}
