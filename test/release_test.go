package test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// releaseConfig is the part of .goreleaser.yaml that must agree with this repository.
type releaseConfig struct {
	Version int
	Before  struct{ Hooks []string }
	Builds  []struct {
		Main         string
		Env          []string
		GOOS, GOARCH []string
		Flags        []string
	}
	Archives []struct {
		Files []struct{ Src string }
	}
}

// The release configuration agrees with the files of the repository.
func TestReleaseConfig(t *testing.T) {
	t.Parallel()
	var config releaseConfig
	if err := yaml.Unmarshal([]byte(document(t, ".goreleaser.yaml")), &config); err != nil {
		t.Fatal(err)
	}
	if config.Version != 2 || len(config.Builds) != 1 || len(config.Archives) != 1 || len(config.Before.Hooks) != 1 {
		t.Fatalf("the configuration is read as %+v", config)
	}

	build := config.Builds[0]
	for _, want := range []struct {
		name string
		got  []string
		want []string
	}{
		{"goos", build.GOOS, []string{"linux", "darwin", "windows"}},
		{"goarch", build.GOARCH, []string{"amd64", "arm64"}},
		{"env", build.Env, []string{"CGO_ENABLED=0"}},
		{"flags", build.Flags, []string{"-trimpath", "-buildvcs=true"}},
		{"main", []string{build.Main}, []string{"."}},
	} {
		if !slices.Equal(want.got, want.want) {
			t.Errorf("%s: %q, want %q", want.name, want.got, want.want)
		}
	}

	// The hook is: bash SCRIPT FOLDER.
	hook := strings.Fields(config.Before.Hooks[0])
	if len(hook) != 3 {
		t.Fatalf("the hook is %q", hook)
	}
	script, made := hook[1], hook[2]
	extras := document(t, script)
	for _, ignored := range []string{"/dist/", "/" + made + "/"} {
		if !slices.Contains(strings.Split(document(t, ".gitignore"), "\n"), ignored) {
			t.Errorf(".gitignore does not have %s", ignored)
		}
	}
	for _, file := range config.Archives[0].Files {
		if folder, ours := strings.CutPrefix(file.Src, made+"/"); ours {
			if folder = strings.TrimSuffix(folder, "/*"); !strings.Contains(extras, `"$1/`+folder+`"`) {
				t.Errorf("%s does not make the folder of %s", script, file.Src)
			}
			continue
		}
		if _, err := os.Stat(filepath.Join(root, file.Src)); err != nil {
			t.Errorf("a release has a file that does not exist: %v", err)
		}
	}
}
