package settings

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPreferences(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, test := range []struct {
		name, text, theme string // the variable of the environment
		want              string // theme zone mouse notify
		warnings          string
	}{
		{"all of them", "theme: dark\nzone: local\nmouse: off\nnotify: osc777\n", "", "dark local off osc777", ""},
		{"defaults", "", "", "auto utc on off", ""},
		{"comments only", "# theme: dark\n", "", "auto utc on off", ""},
		{"one", "notify: bell", "", "auto utc on bell", ""},
		{"quoted, in capitals", "theme: \"Light\"\n\"zone\": 'UTC'\n", "", "light utc on off", ""},
		{"the environment stands above it", "theme: dark\n", "mono", "mono utc on off", ""},
		{
			"a wrong environment", "theme: dark\n", "neon", "dark utc on off",
			"environment: TOKENDESK_THEME is no theme; choose auto, dark, light, contrast or mono",
		},
		{"a blank environment", "theme: dark\n", "", "dark utc on off", ""},
		{
			"a misspelled name", "\ncolour: x\ntheem: dark\nzone: local\n", "", "auto local on off",
			":2: there is no preference \"colour\"; use theme, zone, mouse, notify or ledger_file|" +
				":3: there is no preference \"theem\"; perhaps theme was meant",
		},
		{
			"wrong values", "theme: neon\nzone: Europe/Berlin\nmouse: true\nnotify: [bell]\n", "", "auto utc on off",
			":1: theme has a value that it cannot have; choose auto, dark, light, contrast or mono|" +
				":2: zone has a value that it cannot have; choose utc or local|" +
				":3: mouse has a value that it cannot have; choose on or off|" +
				":4: notify has a value that it cannot have; choose off, bell, osc9 or osc777",
		},
		{"no value", "theme:\n", "", "auto utc on off", ":1: theme has a value that it cannot have; choose auto, dark, light, contrast or mono"},
		{"twice", "zone: utc\nzone: local\n", "", "auto utc on off", ":2: \"zone\" is set a second time; keep one of the two"},
		{"a list", "- theme\n", "", "auto utc on off", ":1: it does not list preferences by name; write a line such as theme: dark"},
		{"one word", "dark", "", "auto utc on off", ":1: it does not list preferences by name; write a line such as theme: dark"},
		{"not YAML", "theme: [dark\n", "", "auto utc on off", "cannot be read as YAML"},
		{"not text", "theme: \xff\n", "", "auto utc on off", ":1: this line is not valid UTF-8; save the file as UTF-8"},
		{"UTF-16", "\xff\xfet\x00", "", "auto utc on off", ":1: it is UTF-16; save it as UTF-8"},
		{"an alias", "theme: &a dark\nzone: *a\n", "", "auto utc on off", "anchors and aliases are not supported"},
		{"one byte", "\x00", "", "auto utc on off", ":1: this line contains a control character; retype the line"},
		{
			"too large", strings.Repeat("# \n", maxPreferences/3+1), "", "auto utc on off",
			": it cannot be read; check its permissions",
		},
	} {
		path := filepath.Join(dir, "config.yaml")
		if err := os.WriteFile(path, []byte(test.text), 0o600); err != nil {
			t.Fatal(err)
		}
		p := readPreferences(path, func(name string) (string, bool) { return test.theme, name == ThemeVariable })
		values := make([]string, 0, 4)
		for _, row := range PreferenceTable() {
			values = append(values, p.Value(row))
		}
		if got := strings.Join(values, " "); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
		got := make([]string, len(p.Warnings))
		for i, w := range p.Warnings {
			got[i] = strings.TrimPrefix(w.String(), path)
		}
		all := strings.Join(got, "|")
		few := strings.Count(all, "|") == strings.Count(test.warnings, "|")
		if test.warnings == "" && all != "" || !strings.Contains(all, test.warnings) || !few {
			t.Errorf("%s: warnings %s\nwant %s", test.name, all, test.warnings)
		}
		if !p.Found || p.File != path {
			t.Errorf("%s: the file is %s, %t", test.name, p.File, p.Found)
		}
	}
}

// TestPreferencesWithoutFile: no file, no folder and a folder in its place leave the
// defaults.
func TestPreferencesWithoutFile(t *testing.T) {
	t.Parallel()
	none := func(string) (string, bool) { return "", false }
	for path, warnings := range map[string]int{"": 0, filepath.Join(t.TempDir(), "config.yaml"): 0, t.TempDir(): 1} {
		p := readPreferences(path, none)
		if p.Theme != "" || len(p.Warnings) != warnings || p.Found != (warnings > 0) {
			t.Errorf("%q: %+v", path, p)
		}
	}
}

func FuzzPreferences(f *testing.F) {
	for _, seed := range []string{"", "x", "theme: dark\n", "a: {b: [c]}\n", "? x\n", "theme: |\n  dark\n", "%YAML 1.2\n---\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p := Preferences{File: "config.yaml"}
		p.parse([]byte(text))
		for _, row := range PreferenceTable() {
			if value := p.Value(row); value == "" {
				t.Errorf("%s is empty", row.Name)
			}
		}
	})
}
