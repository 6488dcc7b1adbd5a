package conformance

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend/grpcplugin"
	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
)

// host is a plugin process and Grafana's clients of it.
type host struct {
	client      *plugin.Client
	diagnostics grpcplugin.DiagnosticsClient
	data        grpcplugin.DataClient
	resource    grpcplugin.ResourceClient
	stream      grpcplugin.StreamClient
	log         *logBuffer
	// ended is closed once no process holds the pipe that the plugin was given.
	ended chan struct{}
}

// start runs a plugin as Grafana 12.4 does (pkg/plugins/backendplugin/grpcplugin): same handshake, same sets, and an
// environment without PATH, HOME or TMPDIR.
func start(t testing.TB, command *exec.Cmd) *host {
	t.Helper()
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	command.ExtraFiles = []*os.File{writer}
	h := &host{log: &logBuffer{}, ended: make(chan struct{})}
	h.client = newClient(command, h.log)
	t.Cleanup(func() {
		h.client.Kill()
		if t.Failed() {
			t.Log(h.log.String())
		}
	})
	protocol, err := h.client.Client()
	if err != nil {
		t.Fatalf("the plugin did not start: %v\n%s", err, h.log)
	}
	_ = writer.Close()
	go func() {
		_, _ = reader.Read(make([]byte, 1))
		close(h.ended)
	}()
	h.diagnostics = dispense[grpcplugin.DiagnosticsClient](t, protocol, "diagnostics")
	h.data = dispense[grpcplugin.DataClient](t, protocol, "data")
	h.resource = dispense[grpcplugin.ResourceClient](t, protocol, "resource")
	h.stream = dispense[grpcplugin.StreamClient](t, protocol, "stream")
	return h
}

func newClient(command *exec.Cmd, log *logBuffer) *plugin.Client {
	command.Env = append(command.Env, "GF_VERSION=12.4.0", "GF_EDITION=Open Source")
	return plugin.NewClient(&plugin.ClientConfig{
		Cmd:         command,
		SkipHostEnv: true,
		HandshakeConfig: plugin.HandshakeConfig{
			ProtocolVersion:  grpcplugin.ProtocolVersion,
			MagicCookieKey:   grpcplugin.MagicCookieKey,
			MagicCookieValue: grpcplugin.MagicCookieValue,
		},
		VersionedPlugins: map[int]plugin.PluginSet{grpcplugin.ProtocolVersion: {
			"diagnostics": &grpcplugin.DiagnosticsGRPCPlugin{},
			"resource":    &grpcplugin.ResourceGRPCPlugin{},
			"data":        &grpcplugin.DataGRPCPlugin{},
			"stream":      &grpcplugin.StreamGRPCPlugin{},
			"admission":   &grpcplugin.AdmissionGRPCPlugin{},
			"conversion":  &grpcplugin.ConversionGRPCPlugin{},
		}},
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		Logger:           hclog.New(&hclog.LoggerOptions{Level: hclog.Debug, JSONFormat: true, Output: log}),
	})
}

func dispense[T any](t testing.TB, protocol plugin.ClientProtocol, name string) T {
	t.Helper()
	raw, err := protocol.Dispense(name)
	if err != nil {
		t.Fatal(err)
	}
	return raw.(T)
}

// stopsCleanly shuts the plugin down as Grafana does and checks that it ends by itself and leaves no socket.
func (h *host) stopsCleanly(t *testing.T) {
	t.Helper()
	socket := h.client.ReattachConfig().Addr.String()
	if _, err := os.Stat(socket); err != nil {
		t.Fatalf("no socket to begin with: %v", err)
	}
	h.client.Kill()
	waitFor(t, "the end of the plugin", h.ended)
	if h.log.has("warn", "plugin failed to exit gracefully") {
		t.Error("the plugin had to be killed")
	}
	if _, err := os.Stat(filepath.Dir(socket)); !os.IsNotExist(err) {
		t.Errorf("%s is still there: %v", filepath.Dir(socket), err)
	}
}

func waitFor(t testing.TB, what string, happened <-chan struct{}) {
	t.Helper()
	select {
	case <-happened:
	case <-time.After(10 * time.Second):
		t.Fatalf("waited in vain for %s", what)
	}
}

// logBuffer holds the host's log, one JSON line a message, what the plugin logged among it.
type logBuffer struct {
	mutex sync.Mutex
	bytes bytes.Buffer
}

func (b *logBuffer) Write(line []byte) (int, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.bytes.Write(line)
}

func (b *logBuffer) String() string {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.bytes.String()
}

// lines are the messages at a level.
func (b *logBuffer) lines(level string) []map[string]any {
	var lines []map[string]any
	for line := range strings.Lines(b.String()) {
		entry := map[string]any{}
		if json.Unmarshal([]byte(line), &entry) == nil && entry["@level"] == level && entry["@module"] != "stdio" {
			lines = append(lines, entry)
		}
	}
	return lines
}

func (b *logBuffer) has(level, message string) bool {
	for _, line := range b.lines(level) {
		if line["@message"] == message {
			return true
		}
	}
	return false
}

// hasSoon waits for a message, as the log arrives beside the calls.
func (b *logBuffer) hasSoon(t *testing.T, level, message string) {
	t.Helper()
	for range 100 {
		if b.has(level, message) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Errorf("%q was not logged at level %s", message, level)
}
