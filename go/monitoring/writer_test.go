package monitoring

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// fromReader is a response that takes a reader, as that of a server does.
type fromReader struct {
	*httptest.ResponseRecorder
	reads int
}

func (f *fromReader) ReadFrom(from io.Reader) (int64, error) {
	f.reads++
	return io.Copy(f.ResponseRecorder, from)
}

func TestWhatIsCopiedGoesToTheServersOwnReadFrom(t *testing.T) {
	service := testService()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /file", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.CopyN(w, strings.NewReader("contents of a file"), 8)
	})
	handler := service.Handler(mux)
	response := &fromReader{ResponseRecorder: httptest.NewRecorder()}
	handler.ServeHTTP(response, httptest.NewRequest("GET", "/file", nil))
	if response.reads != 1 || response.Body.String() != "contents" {
		t.Errorf("read %d times: %q", response.reads, response.Body)
	}
	// A server that has none gets it all the same.
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, httptest.NewRequest("GET", "/file", nil))
	if recorder.Body.String() != "contents" {
		t.Errorf("%q", recorder.Body)
	}
	if found := counted(t, service); found["GET /file 200"] != 2 {
		t.Errorf("counted: %v", found)
	}
}

func TestWhatTheServerCanDoBesidesIsReached(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /flush", func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, "first")
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	mux.HandleFunc("GET /deadline", func(w http.ResponseWriter, _ *http.Request) {
		if err := http.NewResponseController(w).SetWriteDeadline(time.Now().Add(time.Minute)); err != nil {
			t.Error(err)
		}
	})
	mux.HandleFunc("GET /hijack", func(w http.ResponseWriter, _ *http.Request) {
		connection, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = connection.Write([]byte("HTTP/1.1 204 Taken over\r\nConnection: close\r\n\r\n"))
		_ = connection.Close()
	})
	server := httptest.NewServer(testService().Handler(mux))
	defer server.Close()
	for path, want := range map[string]string{"/deadline": "200 OK", "/hijack": "204 Taken over", "/flush": "200 OK"} {
		response, err := http.Get(server.URL + path)
		if err != nil || response.Status != want {
			t.Fatalf("%s: %v %v", path, response, err)
		}
		if path == "/flush" {
			first := make([]byte, 5)
			if _, err := io.ReadFull(response.Body, first); err != nil || string(first) != "first" {
				t.Errorf("%q %v", first, err)
			}
		}
		_ = response.Body.Close()
	}
}
