package monitoring

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
)

// nowhere takes an answer and keeps nothing of it.
type nowhere struct{ header http.Header }

func (n nowhere) Header() http.Header            { return n.header }
func (n nowhere) WriteHeader(int)                {}
func (n nowhere) Write(data []byte) (int, error) { return len(data), nil }

// served is a request as a server gives it to its handler: with a context that has values and an end.
func served(t testing.TB) *http.Request {
	ctx, end := context.WithCancel(context.WithValue(context.Background(), http.ServerContextKey, &http.Server{}))
	t.Cleanup(end)
	return httptest.NewRequestWithContext(ctx, "GET", "/parcels/1", nil)
}

func TestARequestWithoutTracesIsHandedOnAsItIs(t *testing.T) {
	if !isUnsetKnown {
		t.Error("OpenTelemetry's providers that are none are not recognized: each request costs a span that is none.")
	}
	request := served(t)
	var seen *http.Request
	handler := testService().Handler(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { seen = r }))
	handler.ServeHTTP(nowhere{http.Header{}}, request)
	if seen != request {
		t.Error("It was copied.")
	}
}

type roundTripper func(*http.Request) (*http.Response, error)

func (r roundTripper) RoundTrip(request *http.Request) (*http.Response, error) { return r(request) }

func TestACallWithoutTracesIsHandedOnAsItIs(t *testing.T) {
	request := served(t)
	var seen *http.Request
	_, _ = Transport("depot", roundTripper(func(r *http.Request) (*http.Response, error) {
		seen = r
		return &http.Response{StatusCode: 200}, nil
	})).RoundTrip(request)
	if seen != request {
		t.Error("It was copied.")
	}
}

func TestCountingARequestAllocatesWhatNotesItsStatusAlone(t *testing.T) {
	mux, w, request := testMux(), nowhere{http.Header{}}, served(t)
	handler := testService().Handler(mux)
	bare := testing.AllocsPerRun(1_000, func() { mux.ServeHTTP(w, request) })
	counted := testing.AllocsPerRun(1_000, func() { handler.ServeHTTP(w, request) })
	if counted > bare+1 {
		t.Errorf("%v allocations, %v without counting", counted, bare)
	}
}

func BenchmarkRequest(b *testing.B) {
	mux := testMux()
	for name, handler := range map[string]http.Handler{"bare": mux, "counted": testService().Handler(mux)} {
		b.Run(name, func(b *testing.B) {
			w, request := nowhere{http.Header{}}, served(b)
			b.ReportAllocs()
			for b.Loop() {
				handler.ServeHTTP(w, request)
			}
		})
	}
}
