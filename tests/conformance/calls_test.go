package conformance

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"
	"github.com/grafana/grafana-plugin-sdk-go/genproto/pluginv2"
	"google.golang.org/grpc"
)

func pluginContext(uid string) backend.PluginContext {
	return backend.PluginContext{
		OrgID: 7,
		User:  &backend.User{Login: "ada", Role: "Viewer"},
		DataSourceInstanceSettings: &backend.DataSourceInstanceSettings{
			UID: uid, Name: "Echo", JSONData: []byte(`{"a":1}`),
			DecryptedSecureJSONData: map[string]string{"token": "s3cret"}, Updated: time.UnixMilli(1709210096789),
		},
	}
}

func checkHealth(t *testing.T, h *host, uid string) *backend.CheckHealthResult {
	t.Helper()
	answer, err := h.diagnostics.CheckHealth(t.Context(), &pluginv2.CheckHealthRequest{
		PluginContext: backend.ToProto().PluginContext(pluginContext(uid)),
		Headers:       map[string]string{"FromAlert": "true"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return backend.FromProto().CheckHealthResponse(answer)
}

func query(t *testing.T, h *host, format backend.DataFrameFormat, queryTypes ...string) backend.Responses {
	t.Helper()
	request := &backend.QueryDataRequest{PluginContext: pluginContext("echo"), Format: format}
	for _, queryType := range queryTypes {
		request.Queries = append(request.Queries, backend.DataQuery{
			RefID: queryType, QueryType: queryType, JSON: []byte(`{"limit":5}`), Interval: time.Second, MaxDataPoints: 100,
			TimeRange: backend.TimeRange{From: time.UnixMilli(1000), To: time.UnixMilli(2000)},
		})
	}
	answer, err := h.data.QueryData(t.Context(), backend.ToProto().QueryDataRequest(request))
	if err != nil {
		t.Fatal(err)
	}
	decoded, err := backend.FromProto().QueryDataResponse(answer)
	if err != nil {
		t.Fatal(err)
	}
	return decoded.Responses
}

func runStream(t testing.TB, h *host, ctx context.Context) grpc.ServerStreamingClient[pluginv2.StreamPacket] {
	t.Helper()
	ticks, err := h.stream.RunStream(ctx, &pluginv2.RunStreamRequest{Path: "ticks", Data: []byte(`{"q":1}`)})
	if err == nil {
		_, err = ticks.Header()
	}
	if err != nil {
		t.Fatal(err)
	}
	return ticks
}

// callResource answers with all pieces put together.
func callResource(t *testing.T, h *host, path string, body []byte) *pluginv2.CallResourceResponse {
	t.Helper()
	pieces, err := h.resource.CallResource(t.Context(), backend.ToProto().CallResourceRequest(&backend.CallResourceRequest{
		Method: "POST", Path: path, URL: path + "?a=b", Headers: map[string][]string{"Accept": {"a", "b"}}, Body: body,
	}))
	if err != nil {
		t.Fatal(err)
	}
	whole, err := pieces.Recv()
	if err != nil {
		t.Fatal(err)
	}
	for {
		piece, err := pieces.Recv()
		if errors.Is(err, io.EOF) {
			return whole
		}
		if err != nil {
			t.Fatal(err)
		}
		whole.Body = append(whole.Body, piece.Body...)
	}
}

func frameFromJSON(t *testing.T, bytes []byte) *data.Frame {
	t.Helper()
	frame := &data.Frame{}
	if err := json.Unmarshal(bytes, frame); err != nil {
		t.Fatalf("%v in %s", err, bytes)
	}
	return frame
}

func expectError(t *testing.T, answer backend.DataResponse, message string, source backend.ErrorSource, code backend.Status) {
	t.Helper()
	if answer.Error == nil || !strings.Contains(answer.Error.Error(), message) ||
		answer.ErrorSource != source || answer.Status != code {
		t.Errorf("found %v of %s with %v, expected %s of %s with %v",
			answer.Error, answer.ErrorSource, answer.Status, message, source, code)
	}
}
