package batch

import (
	"strings"
	"testing"
)

func TestReadTellsTheFormat(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, text string
		want       Format
	}{
		{"", "", Text},
		{"users.txt", "ada\n", Text},
		{"", "ada,bob\n", Text},
		{"", "subject\nada\n", CSV},
		{"", "role,subject\n", CSV},
		{"users.txt", "\ufeff\"subject\",role\n", CSV},
		{"Users.CSV", "subject\n", CSV},
		{"", ` {"subject":"ada"}`, JSONLines},
		{"users.ndjson", "", JSONLines},
		{"users.jsonl", "", JSONLines},
	} {
		rows, err := Read(strings.NewReader(tt.text), tt.name, "")
		if err != nil || rows.format != tt.want {
			t.Errorf("%s %q: %v, %v, want %s", tt.name, tt.text, rows, err, tt.want)
		}
	}
}
