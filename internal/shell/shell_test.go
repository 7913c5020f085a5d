package shell_test

import (
	"testing"

	"tokendesk/internal/shell"
)

func TestWord(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		".env": ".env", "my app/.env": "'my app/.env'", "it's": `'it'\''s'`, "-x": "'-x'", "": "''", "a:b": "'a:b'", "ü": "'ü'",
	} {
		if got := shell.Word(path); got != want {
			t.Errorf("Word(%q) = %s, want %s", path, got, want)
		}
	}
}

func TestURL(t *testing.T) {
	t.Parallel()
	for url, want := range map[string]string{
		"http://localhost:8000/": "http://localhost:8000/", "https://a.example/%20+,@_": "https://a.example/%20+,@_",
		"http://a.example/?b=1&c": "'http://a.example/?b=1&c'", "": "''",
	} {
		if got := shell.URL(url); got != want {
			t.Errorf("URL(%q) = %s, want %s", url, got, want)
		}
	}
}
