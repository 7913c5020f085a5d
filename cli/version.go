package cli

import (
	"runtime/debug"
	"strings"
	"time"
)

// version returns the version of the module and the commit with its date, as far as
// the build recorded them.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	return versionOf(info)
}

// versionOf returns the version of a build: "v1.2.3" for a released module,
// "v1.2.3 (1a2b3c4d5e6f, 2026-11-26)" for a checkout of that release, and
// "development (…)" for any other commit. go run records no commit, so the version
// of Go takes its place.
func versionOf(info *debug.BuildInfo) string {
	name, changed := strings.CutSuffix(info.Main.Version, "+dirty")
	commit := setting(info, "vcs.revision")
	commit = commit[:min(12, len(commit))]
	// Go gives a commit without a tag a version that ends with the commit.
	if name == "" || name == "(devel)" || commit != "" && strings.HasSuffix(name, commit) {
		name = "development"
	}
	var details []string
	if commit != "" {
		details = append(details, commit)
	}
	if built := buildTimeOf(info); !built.IsZero() {
		details = append(details, built.Format(time.DateOnly))
	}
	if changed || setting(info, "vcs.modified") == "true" {
		details = append(details, "changed")
	}
	if len(details) == 0 {
		if name != "development" {
			return name
		}
		details = []string{"no commit recorded", info.GoVersion}
	}
	return name + " (" + strings.Join(details, ", ") + ")"
}

// buildTime returns when the commit of the build was made, or the zero time.
func buildTime() time.Time {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return time.Time{}
	}
	return buildTimeOf(info)
}

func buildTimeOf(info *debug.BuildInfo) time.Time {
	built, _ := time.Parse(time.RFC3339, setting(info, "vcs.time")) // zero when it was not recorded
	return built
}

// setting returns the value that a build recorded under that name, or "".
func setting(info *debug.BuildInfo, name string) string {
	for _, s := range info.Settings {
		if s.Key == name {
			return s.Value
		}
	}
	return ""
}
