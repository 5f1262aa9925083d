package monitoring

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func look(handler http.Handler) string {
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, httptest.NewRequest("GET", "/metrics", nil))
	return recorder.Body.String()
}

func TestTheAnswersOfEachRouteOfAMuxThatTellsItsPatternsAreThereAtZero(t *testing.T) {
	mux := NewMux()
	none := func(http.ResponseWriter, *http.Request) {}
	mux.HandleFunc("POST /parcels", none)
	mux.Handle("/files/{path...}", http.HandlerFunc(none))
	handler := testService().Handler(mux)
	mux.HandleFunc("PURGE  example.com/cache", none)
	for range 2 {
		text := look(handler)
		for _, labels := range []string{
			`method="POST",route="/parcels"`, `method="GET",route="/files/:path"`, `method="OTHER",route="/cache"`,
		} {
			for _, status := range []string{"200", "500"} {
				for _, name := range []string{"http_requests_total", "http_request_duration_seconds_count"} {
					if line := name + "{" + labels + `,status_code="` + status + `"} 0`; !strings.Contains(text, line) {
						t.Errorf("there is no %s in\n%s", line, text)
					}
				}
			}
		}
		if count := strings.Count(text, "\nhttp_requests_total{"); count != 6 {
			t.Errorf("%d series, want 6", count)
		}
	}
	handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("POST", "/parcels", nil))
	if !strings.Contains(look(handler), `http_requests_total{method="POST",route="/parcels",status_code="200"} 1`) {
		t.Error("It does not answer.")
	}
}

func TestWithAnotherMuxTheAnswersOfARouteAreThereFromItsFirstRequestOn(t *testing.T) {
	handler := testService().Handler(testMux())
	if text := look(handler); strings.Contains(text, "http_requests_total{") {
		t.Errorf("there are series before any request:\n%s", text)
	}
	for _, path := range []string{"/parcels/1", "/nothing"} {
		handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", path, nil))
	}
	text := look(handler)
	for _, want := range []string{
		`route="/parcels/:number",status_code="201"} 1`, `route="/parcels/:number",status_code="200"} 0`,
		`route="/parcels/:number",status_code="500"} 0`, `route="unmatched",status_code="404"} 1`,
	} {
		if !strings.Contains(text, `http_requests_total{method="GET",`+want) {
			t.Errorf("there is no %s in\n%s", want, text)
		}
	}
	if strings.Contains(text, `route="unmatched",status_code="500"`) {
		t.Error("There is a series of what no route is.")
	}
}
