package cli

import (
	"runtime/debug"
	"testing"
)

func TestVersion(t *testing.T) {
	t.Parallel()
	const commit = "75f44d3abcde1f0a9b8c7d6e5f4a3b2c1d0e9f8a"
	vcs := func(modified string) []debug.BuildSetting {
		return []debug.BuildSetting{
			{Key: "-buildmode", Value: "exe"},
			{Key: "vcs", Value: "git"},
			{Key: "vcs.revision", Value: commit},
			{Key: "vcs.time", Value: "2026-11-26T23:59:01Z"},
			{Key: "vcs.modified", Value: modified},
		}
	}
	for name, tt := range map[string]struct {
		version  string
		settings []debug.BuildSetting
		want     string
	}{
		"go run":                     {"(devel)", nil, "development (no commit recorded, go1.26.8)"},
		"nothing known":              {"", nil, "development (no commit recorded, go1.26.8)"},
		"go install of a release":    {"v1.2.3", nil, "v1.2.3"},
		"go install of a commit":     {"v0.0.0-20261126235901-75f44d3abcde", nil, "v0.0.0-20261126235901-75f44d3abcde"},
		"a release":                  {"v1.2.3", vcs("false"), "v1.2.3 (75f44d3abcde, 2026-11-26)"},
		"a release that was changed": {"v1.2.3+dirty", vcs("true"), "v1.2.3 (75f44d3abcde, 2026-11-26, changed)"},
		"a commit":                   {"v0.0.0-20261126235901-75f44d3abcde", vcs("false"), "development (75f44d3abcde, 2026-11-26)"},
		"a commit after a release": {
			"v1.2.4-0.20261126235901-75f44d3abcde+dirty", vcs("true"), "development (75f44d3abcde, 2026-11-26, changed)",
		},
		"a commit, no module version": {"(devel)", vcs("false"), "development (75f44d3abcde, 2026-11-26)"},
		"a commit without a date": {
			"(devel)", []debug.BuildSetting{{Key: "vcs.revision", Value: "75f44d3"}}, "development (75f44d3)",
		},
	} {
		info := &debug.BuildInfo{GoVersion: "go1.26.8", Main: debug.Module{Version: tt.version}, Settings: tt.settings}
		if got := versionOf(info); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}
