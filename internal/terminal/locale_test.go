package terminal

import (
	"runtime"
	"testing"
)

func TestLocale(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		return // its console has every character
	}
	for _, tt := range []struct {
		all, ctype, lang string
		ascii            bool
	}{
		{"", "", "", false},
		{"", "", "en_US.UTF-8", false},
		{"", "", "C.utf8", false},
		{"", "UTF-8", "C", false},
		{"", "", "C", true},
		{"", "", "POSIX", true},
		{"", "", "de_DE", true},
		{"", "", "de_DE@euro", true},
		{"", "", "de_DE.ISO-8859-1", true},
		{"", "", "sr_RS.UTF-8@latin", false},
		{"C", "en_US.UTF-8", "en_US.UTF-8", true},
		{"en_US.UTF-8", "C", "C", false},
		{"", "C", "en_US.UTF-8", true},
		{"", "en_US.UTF-8", "C", false},
	} {
		lookup := func(name string) (string, bool) {
			value := map[string]string{"LC_ALL": tt.all, "LC_CTYPE": tt.ctype, "LANG": tt.lang}[name]
			return value, value != ""
		}
		if got := ASCII(lookup); got != tt.ascii {
			t.Errorf("%+v: %v", tt, got)
		}
	}
}
