package conformance

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// expectedFrame is the frame of echo-plugin.ts as the SDK builds it.
func expectedFrame(refID string) *data.Frame {
	at := time.UnixMilli(1709210096789)
	share, text, yes := 0.1, "Zoë “☎”", true
	object := json.RawMessage(`{"a":[1,null]}`)
	number := data.NewField("number", data.Labels{"server": "pbx-1"}, []*float64{&share, nil})
	number.Config = (&data.FieldConfig{
		DisplayNameFromDS: "Share", Unit: "percent",
		Links:  []data.DataLink{{Title: "Open", URL: "/d/1", TargetBlank: true}},
		Custom: map[string]any{"width": 80.0},
	}).SetDecimals(1).SetMin(0).SetMax(100)
	frame := data.NewFrame("echo",
		data.NewField("time", nil, []time.Time{at, at.Add(time.Millisecond)}),
		data.NewField("end", nil, []*time.Time{&at, nil}),
		number,
		data.NewField("count", nil, []float64{1, 2}),
		data.NewField("string", nil, []*string{&text, nil}),
		data.NewField("boolean", nil, []*bool{&yes, nil}),
		data.NewField("json", nil, []*json.RawMessage{&object, nil}),
	)
	frame.RefID = refID
	frame.Meta = &data.FrameMeta{
		Type: "table", TypeVersion: data.FrameTypeVersion{0, 1},
		Notices:                []data.Notice{{Severity: data.NoticeSeverityWarning, Text: "Of a gap", Link: "https://example.com/gap"}},
		Channel:                "ds/uid/path",
		PreferredVisualization: "table", ExecutedQueryString: "select", Custom: map[string]any{"total": 2.0},
	}
	return frame
}

func expectFrame(t *testing.T, found, expected *data.Frame) {
	t.Helper()
	if found.Name != expected.Name || found.RefID != expected.RefID || !reflect.DeepEqual(found.Meta, expected.Meta) {
		t.Errorf("found frame %q %q with %+v", found.Name, found.RefID, found.Meta)
	}
	if len(found.Fields) != len(expected.Fields) {
		t.Fatalf("found %d fields, expected %d", len(found.Fields), len(expected.Fields))
	}
	for i, want := range expected.Fields {
		have := found.Fields[i]
		if have.Name != want.Name || have.Type() != want.Type() || !have.Labels.Equals(want.Labels) ||
			!reflect.DeepEqual(have.Config, want.Config) {
			t.Errorf("found field %s of %v, %v, %+v", have.Name, have.Type(), have.Labels, have.Config)
		}
		for row := range want.Len() {
			wanted, some := want.ConcreteAt(row)
			value, has := have.ConcreteAt(row)
			if has != some || some && !sameValue(value, wanted) {
				t.Errorf("found %v in row %d of %s, expected %v", value, row, want.Name, wanted)
			}
		}
	}
}

func sameValue(a, b any) bool {
	if at, isTime := a.(time.Time); isTime {
		return at.Equal(b.(time.Time))
	}
	return reflect.DeepEqual(a, b)
}
