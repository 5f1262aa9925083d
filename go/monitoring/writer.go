package monitoring

import (
	"io"
	"net/http"
)

// writer notes the status of an answer.
type writer struct {
	http.ResponseWriter
	status int
}

func (w *writer) WriteHeader(status int) {
	if w.status == 0 && status >= 200 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *writer) Write(data []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(data)
}

// Unwrap lets http.ResponseController reach what the server can do besides.
func (w *writer) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// Flush sends what is written so far, where the server can.
func (w *writer) Flush() {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	_ = http.NewResponseController(w.ResponseWriter).Flush()
}

// ReadFrom lets the server send a file without copying it.
func (w *writer) ReadFrom(from io.Reader) (int64, error) {
	written, err := io.Copy(w.ResponseWriter, from)
	if w.status == 0 && written > 0 {
		w.status = http.StatusOK
	}
	return written, err
}
