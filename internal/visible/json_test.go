package visible_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"tokendesk/internal/visible"
)

func TestJSON(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{"a":"ë日\n"}`:             `{"a":"ë日\n"}`,
		"{\n\t\"a\\\"\t\": 1\n}":   "{\n  \"a\\\"\\u0009\": 1\n}",
		"\"\u202e\u007f\"":         `"\u202e\u007f"`,
		"\"\U000e0041\"":           `"\udb40\udc41"`,
		"\"\\\\\"\t":               "\"\\\\\"  ",
		"[\"e\u0301 \u202e\"]":     `["e\u0301 \u202e"]`, // a mark alone cannot be seen
		"{\"a\":\"\u00a0\u2028\"}": `{"a":"\u00a0\u2028"}`,
	} {
		got := visible.JSON(text)
		if got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
		if visible.Block(got) != got {
			t.Errorf("%q: %q contains something invisible", text, got)
		}
		if json.Valid([]byte(text)) {
			var before, after any
			if json.Unmarshal([]byte(text), &before) != nil || json.Unmarshal([]byte(got), &after) != nil || !reflect.DeepEqual(before, after) {
				t.Errorf("%q: %q means something else", text, got)
			}
		}
	}
}
