package monitoring

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

func TestRequestsAtTheSameTimeAreEachCountedOnce(t *testing.T) {
	const callers, times = 8, 300
	service := testService()
	mux := http.NewServeMux()
	for route := range 10 {
		mux.HandleFunc(fmt.Sprintf("/route%d/{id}", route), func(w http.ResponseWriter, r *http.Request) {
			if r.PathValue("id") == "7" {
				w.WriteHeader(http.StatusNotFound)
			}
		})
	}
	handler := service.Handler(mux)
	var all sync.WaitGroup
	for caller := range callers {
		all.Go(func() {
			for at := range times {
				path := fmt.Sprintf("/route%d/%d", at%10, (at+caller)%9)
				handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest([]string{"GET", "POST", "BREW"}[at%3], path, nil))
				if at%50 == 0 {
					handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/metrics", nil))
				}
			}
		})
	}
	all.Wait()
	sum := 0.0
	found := counted(t, service)
	for labels, count := range found {
		sum += count
		if !strings.Contains(labels, "/route") {
			t.Errorf("counted too: %s", labels)
		}
	}
	if sum != callers*times {
		t.Errorf("%v counted, want %d", sum, callers*times)
	}
	for _, method := range []string{"GET", "POST", "OTHER"} {
		if found[method+" /route3/:id 200"]+found[method+" /route3/:id 404"] == 0 {
			t.Errorf("none of %s is counted: %v", method, found)
		}
	}
}

func TestAStatusThatIsNotKeptApartCountsAsThatOfItsClass(t *testing.T) {
	service := testService()
	requests := service.newRequests(*service.http)
	for status, want := range map[int]string{
		200: "200", 201: "201", 299: "200", 418: "400", 499: "499", 599: "500", 302: "500", 100: "500",
		0: "500", 99: "500", -1: "500", 1000: "500",
	} {
		if found := requests.statuses[requests.statusAt(status)]; found != want {
			t.Errorf("%d counts as %s, want %s", status, found, want)
		}
	}
}

// A mux has patterns that are known; what sets others may set any number of them.
func TestPatternsBeyondTheBoundAreCountedAndNotKept(t *testing.T) {
	service := testService()
	handler := service.Handler(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { r.Pattern = r.URL.Path }))
	for at := range maxPatterns + 500 {
		for range 2 {
			handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", fmt.Sprintf("/%d", at), nil))
		}
	}
	found := counted(t, service)
	if len(found) != 101 || found["GET /0 200"] != 2 || found["GET unmatched 200"] != 2*(maxPatterns+500-100) {
		t.Errorf("%d series: %v", len(found), found["GET unmatched 200"])
	}
}

func TestACatalogueWithoutA500IsRefused(t *testing.T) {
	defer func() {
		if said := fmt.Sprint(recover()); said != "http_requests_total: expected the status code 500." {
			t.Errorf("it says %q", said)
		}
	}()
	service := testService()
	service.http.Requests.Labels[2].Spec = &OneOf{Values: []string{"200"}}
	service.Handler(testMux())
}
