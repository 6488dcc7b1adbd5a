package conformance

import (
	"cmp"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/genproto/pluginv2"
)

// builtPlugin is the plugin as it ships: AMIWS_CDR_PLUGIN, else the build of this platform. CI must have it.
func builtPlugin(t *testing.T) *exec.Cmd {
	t.Helper()
	path := cmp.Or(os.Getenv("AMIWS_CDR_PLUGIN"), "../../dist/gpx_amiws_cdr_"+runtime.GOOS+"_"+runtime.GOARCH)
	if _, err := os.Stat(path); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("no plugin to test, run npm run build first: %v", err)
		}
		t.Skipf("no plugin to test, run npm run build first: %v", err)
	}
	return exec.Command(path)
}

// What holds of the built plugin whatever data it has: here there is no amiws behind it.
func TestBuiltPlugin(t *testing.T) {
	h := start(t, builtPlugin(t))
	context := backend.PluginContext{
		OrgID: 1,
		DataSourceInstanceSettings: &backend.DataSourceInstanceSettings{
			UID: "conformance", Name: "Conformance", JSONData: []byte(`{"amiwsUrl":"ws://127.0.0.1:9"}`),
			Updated: time.UnixMilli(1),
		},
	}

	t.Run("health has a message", func(t *testing.T) {
		answer, err := h.diagnostics.CheckHealth(t.Context(), &pluginv2.CheckHealthRequest{
			PluginContext: backend.ToProto().PluginContext(context),
		})
		if err != nil || answer.Message == "" {
			t.Errorf("found %v, %v", answer, err)
		}
	})

	t.Run("a query answers a frame or an error of the PBX's side", func(t *testing.T) {
		answer, err := h.data.QueryData(t.Context(), backend.ToProto().QueryDataRequest(&backend.QueryDataRequest{
			PluginContext: context,
			Queries: []backend.DataQuery{{
				RefID: "A", QueryType: "records", JSON: []byte(`{"refId":"A","queryType":"records"}`),
				TimeRange: backend.TimeRange{From: time.Now().Add(-time.Hour), To: time.Now()},
			}},
		}))
		if err != nil {
			t.Fatal(err)
		}
		decoded, err := backend.FromProto().QueryDataResponse(answer)
		if err != nil {
			t.Fatal(err)
		}
		records := decoded.Responses["A"]
		if len(records.Frames) == 0 && (records.Error == nil || records.ErrorSource != backend.ErrorSourceDownstream) {
			t.Errorf("found no frame and %v of %q", records.Error, records.ErrorSource)
		}
	})

	t.Run("metrics bear the plugin's name", func(t *testing.T) {
		answer, err := h.diagnostics.CollectMetrics(t.Context(), &pluginv2.CollectMetricsRequest{})
		if err != nil || !strings.Contains(string(answer.GetMetrics().GetPrometheus()), "amiws_cdr_") {
			t.Errorf("found %v, %v", answer, err)
		}
	})

	t.Run("shutting down ends the process", func(t *testing.T) {
		h.stopsCleanly(t)
	})
}

func TestTheBuiltPluginEndsWhenItsHostIsKilled(t *testing.T) {
	endsWithItsHost(t, builtPlugin(t))
}
