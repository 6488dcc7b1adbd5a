package conformance

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"
	"github.com/grafana/grafana-plugin-sdk-go/genproto/pluginv2"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// bundle builds src/plugin-protocol/testdata/echo-plugin.ts, the plugin that exercises every call and field type.
var bundle = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp("", "echo-plugin")
	if err != nil {
		return "", err
	}
	file := filepath.Join(folder, "echo-plugin.cjs")
	out, err := exec.Command("../../node_modules/.bin/esbuild", "../../src/plugin-protocol/testdata/echo-plugin.ts",
		"--bundle", "--platform=node", "--log-level=warning", "--outfile="+file).CombinedOutput()
	if err != nil {
		return "", errors.New(string(out) + err.Error() + " (npm ci comes first)")
	}
	return file, nil
})

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "be-a-host" {
		beAHost(os.Args[2:])
		return
	}
	code := m.Run()
	if file, err := bundle(); err == nil {
		_ = os.RemoveAll(filepath.Dir(file))
	}
	os.Exit(code)
}

func echoCommand(t testing.TB) *exec.Cmd {
	t.Helper()
	file, err := bundle()
	if err != nil {
		t.Fatal(err)
	}
	node, err := exec.LookPath("node")
	if err != nil {
		t.Fatal(err)
	}
	return exec.Command(node, file)
}

func TestEcho(t *testing.T) {
	h := start(t, echoCommand(t))

	t.Run("health tells what it was sent", func(t *testing.T) {
		result := checkHealth(t, h, "echo")
		if result.Status != backend.HealthStatusOk || result.Message != "Echo works" {
			t.Errorf("found %v %q", result.Status, result.Message)
		}
		for _, part := range []string{`"fromalert":"true"`, `"orgId":7`, `"token":"s3cret"`, `"updated":1709210096789`} {
			if !strings.Contains(string(result.JSONDetails), part) {
				t.Errorf("no %s in %s", part, result.JSONDetails)
			}
		}
	})

	t.Run("a failed health check is an unhealthy answer and is logged as error", func(t *testing.T) {
		result := checkHealth(t, h, "broken")
		if result.Status != backend.HealthStatusError || result.Message != "No such data source" {
			t.Errorf("found %v %q", result.Status, result.Message)
		}
		h.log.hasSoon(t, "error", "The plugin failed")
	})

	t.Run("the SDK decodes frames of every field type", func(t *testing.T) {
		for _, format := range []backend.DataFrameFormat{backend.DataFrameFormat_ARROW, backend.DataFrameFormat_JSON} {
			frames := query(t, h, format, "records")["records"].Frames
			if len(frames) != 1 {
				t.Fatalf("found %d frames", len(frames))
			}
			expectFrame(t, frames[0], expectedFrame("records"))
		}
	})

	t.Run("a frame without rows keeps its fields", func(t *testing.T) {
		frame := query(t, h, backend.DataFrameFormat_ARROW, "none")["none"].Frames[0]
		if rows, err := frame.RowLen(); err != nil || rows != 0 || frame.Fields[0].Type() != data.FieldTypeNullableFloat64 {
			t.Errorf("found %d rows of %v, %v", rows, frame.Fields[0].Type(), err)
		}
	})

	t.Run("an answer of 10 MB arrives whole", func(t *testing.T) {
		frame := query(t, h, backend.DataFrameFormat_ARROW, "large")["large"].Frames[0]
		if last, _ := frame.Fields[0].ConcreteAt(99_999); frame.Rows() != 100_000 || last != strings.Repeat("99999", 20) {
			t.Errorf("found %d rows, the last %v", frame.Rows(), last)
		}
	})

	t.Run("a query arrives with its range", func(t *testing.T) {
		value, _ := query(t, h, backend.DataFrameFormat_ARROW, "echo")["echo"].Frames[0].Fields[0].ConcreteAt(0)
		expected := `{"refId":"echo","queryType":"echo","json":{"limit":5},"from":1000,"to":2000,"intervalMs":1000,"maxDataPoints":100}`
		if found := string(value.(json.RawMessage)); found != expected {
			t.Errorf("found %s", found)
		}
	})

	t.Run("an error has its source and status and leaves other answers alone", func(t *testing.T) {
		answers := query(t, h, backend.DataFrameFormat_ARROW, "downstream", "records", "uneven")
		expectError(t, answers["downstream"], "The PBX says no", backend.ErrorSourceDownstream, 502)
		expectError(t, answers["uneven"], `"two" has 2, "one" has 1`, backend.ErrorSourcePlugin, 500)
		if answers["records"].Error != nil || len(answers["records"].Frames) != 1 {
			t.Errorf("found %v", answers["records"])
		}
	})

	t.Run("a failure as a whole answers every query", func(t *testing.T) {
		answers := query(t, h, backend.DataFrameFormat_ARROW, "all-fail", "records")
		expectError(t, answers["records"], "Nothing works", backend.ErrorSourceDownstream, 400)
		expectError(t, answers["all-fail"], "Nothing works", backend.ErrorSourceDownstream, 400)
		answers = query(t, h, backend.DataFrameFormat_ARROW, "broken")
		expectError(t, answers["broken"], "undefined is not a function", backend.ErrorSourcePlugin, 500)
	})

	t.Run("chunked data is unimplemented, as Grafana expects of a plugin without it", func(t *testing.T) {
		stream, err := h.data.QueryChunkedData(t.Context(), &pluginv2.QueryChunkedDataRequest{})
		if err == nil {
			_, err = stream.Recv()
		}
		if status.Code(err) != codes.Unimplemented {
			t.Errorf("found %v", err)
		}
	})

	t.Run("a resource answers with status, headers and body", func(t *testing.T) {
		answer := callResource(t, h, "things/1", []byte("hello"))
		if answer.Code != 201 || !slices.Equal(answer.Headers["x-echo"].Values, []string{"1", "2"}) {
			t.Errorf("found %v", answer)
		}
		expected := `{"method":"POST","path":"things/1","url":"things/1?a=b","headers":{"accept":["a","b"]},"body":"hello"}`
		if string(answer.Body) != expected {
			t.Errorf("found %s", answer.Body)
		}
	})

	t.Run("a resource of many pieces arrives whole", func(t *testing.T) {
		if answer := callResource(t, h, "large", nil); len(answer.Body) != 1000*64*1024 {
			t.Errorf("found %d bytes", len(answer.Body))
		}
	})

	t.Run("an error of a resource is an HTTP answer", func(t *testing.T) {
		answer := callResource(t, h, "missing", nil)
		if answer.Code != 404 || string(answer.Body) != `{"message":"There is no such thing"}` {
			t.Errorf("found %d %s", answer.Code, answer.Body)
		}
	})

	t.Run("subscribing and publishing answer with their status", func(t *testing.T) {
		known, err := h.stream.SubscribeStream(t.Context(), &pluginv2.SubscribeStreamRequest{Path: "ticks"})
		if err != nil || known.Status != pluginv2.SubscribeStreamResponse_OK {
			t.Fatalf("found %v, %v", known, err)
		}
		expectFrame(t, frameFromJSON(t, known.Data), expectedFrame(""))
		unknown, err := h.stream.SubscribeStream(t.Context(), &pluginv2.SubscribeStreamRequest{Path: "else"})
		if err != nil || unknown.Status != pluginv2.SubscribeStreamResponse_NOT_FOUND {
			t.Errorf("found %v, %v", unknown, err)
		}
		published, err := h.stream.PublishStream(t.Context(), &pluginv2.PublishStreamRequest{Path: "ticks"})
		if err != nil || published.Status != pluginv2.PublishStreamResponse_PERMISSION_DENIED {
			t.Errorf("found %v, %v", published, err)
		}
	})

	t.Run("a stream sends frames in order until it is cancelled", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		ticks := runStream(t, h, ctx)
		for tick := range 1000 {
			packet, err := ticks.Recv()
			if err != nil {
				t.Fatal(err)
			}
			if found, _ := frameFromJSON(t, packet.Data).Fields[0].ConcreteAt(0); found != float64(tick) {
				t.Fatalf("found tick %v, expected %d", found, tick)
			}
		}
		// The plugin waits for a reader that does not read: it must notice the end all the same.
		time.Sleep(200 * time.Millisecond)
		cancel()
		h.log.hasSoon(t, "info", "Stream runs")
		h.log.hasSoon(t, "warn", "Stream ends")
		for _, line := range h.log.lines("warn") {
			if line["@message"] == "Stream ends" && line["aborted"] != true {
				t.Errorf("found %v", line)
			}
		}
	})

	t.Run("metrics are Prometheus text", func(t *testing.T) {
		answer, err := h.diagnostics.CollectMetrics(t.Context(), &pluginv2.CollectMetricsRequest{})
		if err != nil || !strings.Contains(string(answer.Metrics.Prometheus), "echo_calls 1") {
			t.Errorf("found %v, %v", answer, err)
		}
	})

	t.Run("shutting down with a stream open ends it and the process", func(t *testing.T) {
		runStream(t, h, t.Context())
		h.stopsCleanly(t)
		h.log.hasSoon(t, "info", "Echo stops")
	})

	t.Run("the host logs no error but those of the failures above", func(t *testing.T) {
		for _, line := range h.log.lines("error") {
			if line["@message"] != "The plugin failed" || line["error"] == nil {
				t.Errorf("found %v", line)
			}
		}
	})
}

func TestALateStopIsCutShort(t *testing.T) {
	command := echoCommand(t)
	command.Env = []string{"ECHO_STOPS_LATE=1"}
	h := start(t, command)
	h.stopsCleanly(t)
	h.log.hasSoon(t, "warn", "The plugin did not stop in time")
}

func TestAPromiseThatFailsUnnoticedIsLoggedOnly(t *testing.T) {
	command := echoCommand(t)
	command.Env = []string{"ECHO_REJECTS=1"}
	h := start(t, command)
	h.log.hasSoon(t, "error", "A promise failed with nobody to notice")
	if result := checkHealth(t, h, "echo"); result.Status != backend.HealthStatusOk {
		t.Errorf("found %v", result)
	}
}

// BenchmarkPackets measures live packets of one number through the protocol.
func BenchmarkPackets(b *testing.B) {
	ticks := runStream(b, start(b, echoCommand(b)), b.Context())
	for b.Loop() {
		if _, err := ticks.Recv(); err != nil {
			b.Fatal(err)
		}
	}
}
