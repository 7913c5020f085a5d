package test

import (
	"go/build"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The packages of Tokendesk form layers, which docs/architecture.md describes. The
// tests in this file check every import. In the tables a name stands for the package
// and all packages below it.

// module is the first element of the path of our packages.
const module = "tokendesk"

// layers has the folders from the outermost to the innermost. A package may import
// packages of later rows and of its own folder.
var layers = [][]string{
	{"main"},
	{"cli"},
	{"ui"},
	{"desk"},
	{"explain"},
	{"settings", "ledger", "jwks", "probe"},
	{"internal"},
	{"auth"},
}

// programs belong to the repository and not to Tokendesk. They may import any package,
// and no package may import them.
var programs = []string{"scripts", "test"}

// uiLayers is the same order inside ui. A package that is not named is a screen, and
// screens do not import each other.
var uiLayers = []string{"ui", screens, "ui/claims", "ui/token", "ui/dialog", "ui/frame", "ui/widget"}

const screens = "the screens"

// ofFaces may be imported only by cli, by ui and by each other.
var ofFaces = []string{"internal/terminal", "internal/progress"}

// authLeaves import none of our packages, and are the only ones that auth imports.
var authLeaves = []string{"auth/jsontext", "auth/advice", "auth/kind", "auth/weak"}

// plain are those of our packages that import only auth and the standard library.
var plain = []string{"auth/fault", "auth/jsontext", "auth/advice", "auth/kind", "auth/weak"}

// strangers are packages that some of ours must not import.
var strangers = []struct {
	except  []string // if not empty, the rule is for all packages except these
	from    []string
	through bool // not even through other packages
	never   []string
}{
	{
		except: append([]string{"jwks", "probe"}, programs...),
		never:  []string{"net", "net/http", "net/rpc", "net/smtp", "crypto/tls", "log/syslog"},
	},
	{
		from:    []string{"auth", "settings", "ledger", "jwks", "probe", "explain", "desk"},
		through: true,
		never: []string{
			"charm.land", "github.com/charmbracelet/bubbletea", "github.com/charmbracelet/colorprofile", "github.com/charmbracelet/ultraviolet",
			"github.com/charmbracelet/x/term", "github.com/spf13", "flag",
		},
	},
	{from: []string{"auth", "settings", "ledger"}, through: true, never: []string{"net/http"}},
	{from: []string{"ui"}, through: true, never: []string{"github.com/spf13", "flag"}},
}

// under reports whether path is one of the packages or below one.
func under(path string, packages ...string) bool {
	return slices.ContainsFunc(packages, func(p string) bool { return path == p || strings.HasPrefix(path, p+"/") })
}

// layer returns the row of path and the folder it belongs to.
func layer(path string) (row int, folder string, found bool) {
	for row, folders := range layers {
		for _, folder := range folders {
			if under(path, folder) {
				return row, folder, true
			}
		}
	}
	return 0, "", false
}

// uiLayer returns the row of path and the part of ui it belongs to.
func uiLayer(path string) (row int, part string) {
	if path == "ui" {
		return 0, path
	}
	part = strings.Join(strings.SplitN(path, "/", 3)[:2], "/")
	if row = slices.Index(uiLayers, part); row < 0 {
		row = slices.Index(uiLayers, screens)
	}
	return row, part
}

// objection returns why one package of ours must not import another, or "".
func objection(from, to string) string {
	if under(from, programs...) {
		return ""
	}
	if under(to, programs...) {
		return "it is not part of Tokendesk"
	}
	fromRow, fromFolder, _ := layer(from)
	toRow, toFolder, _ := layer(to)
	switch {
	case fromFolder != toFolder && fromRow >= toRow:
		return "imports go down the layers"
	case under(to, ofFaces...) && !under(from, "cli", "ui") && !under(from, ofFaces...):
		return "only cli and ui may import it"
	case under(from, "ui/widget") && !under(to, "ui/widget", "internal", "auth/jsontext"):
		return "a widget knows no token"
	case fromFolder == "ui" && toFolder == "ui":
		return uiObjection(from, to)
	case from == "auth" && !under(to, authLeaves...), under(from, authLeaves...):
		return "auth imports only its leaves, which import none of our packages"
	}
	return ""
}

func uiObjection(from, to string) string {
	fromRow, fromPart := uiLayer(from)
	toRow, toPart := uiLayer(to)
	switch {
	case fromPart == toPart || fromRow < toRow:
		return ""
	case uiLayers[toRow] == screens:
		return "only ui imports a screen; if this is not a screen, add it to uiLayers"
	}
	return "imports go down the layers of ui"
}

// imports maps a package to the packages that it imports.
type imports map[string][]string

// listImports returns the imports of every package on this system, and those of our
// packages on the other systems that Tokendesk is built for.
func listImports(t *testing.T) imports {
	t.Helper()
	if err := dependOnSources(); err != nil {
		t.Fatal(err)
	}
	list := exec.CommandContext(t.Context(), "go", "list", "-deps", "-f", `{{.ImportPath}} {{join .Imports " "}}`, module+"/...")
	list.Stderr = os.Stderr
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	all := imports{}
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		all[words[0]] = words[1:]
	}
	for path := range all {
		if !under(path, module) {
			continue
		}
		for _, system := range []string{"linux", "darwin", "windows"} {
			// The go command would look for the modules that are needed on that system.
			there := build.Default
			there.GOOS = system
			found, err := there.ImportDir(filepath.Join(root, strings.TrimPrefix(path, module)), 0)
			if err != nil {
				t.Fatal(err)
			}
			all[path] = append(all[path], found.Imports...)
		}
		slices.Sort(all[path])
		all[path] = slices.Compact(all[path])
	}
	return all
}

// through returns everything that path imports, directly or through other packages.
func (all imports) through(path string) []string {
	var found []string
	seen := map[string]bool{}
	var walk func(string)
	walk = func(path string) {
		for _, to := range all[path] {
			if !seen[to] {
				seen[to] = true
				found = append(found, to)
				walk(to)
			}
		}
	}
	walk(path)
	return found
}

// own returns the path of a package of ours inside the module.
func own(path string) (string, bool) {
	if path == module {
		return "main", true
	}
	return strings.CutPrefix(path, module+"/")
}

func TestLayers(t *testing.T) {
	t.Parallel()
	all := listImports(t)
	if len(all[module+"/cli"]) == 0 {
		t.Fatal("go list does not find the packages")
	}
	for path, direct := range all {
		from, ours := own(path)
		if !ours {
			continue
		}
		if _, _, found := layer(from); !found && !under(from, programs...) {
			t.Errorf("%s is in no layer; add it to layers", from)
			continue
		}
		for _, path := range direct {
			to, ours := own(path)
			if !ours {
				if strings.Contains(path, ".") && under(from, plain...) {
					t.Errorf("%s imports %s, which is not of the standard library", from, path)
				}
				continue
			}
			if why := objection(from, to); why != "" {
				t.Errorf("%s imports %s: %s", from, to, why)
			}
		}
		for _, rule := range strangers {
			if len(rule.except) > 0 && under(from, rule.except...) || len(rule.except) == 0 && !under(from, rule.from...) {
				continue
			}
			known := direct
			if rule.through {
				known = all.through(path)
			}
			for _, to := range known {
				standard := !strings.Contains(to, ".") // where net does not mean net/url
				if slices.Contains(rule.never, to) || !standard && under(to, rule.never...) {
					t.Errorf("%s must not know %s", from, to)
				}
			}
		}
	}
}

// The rules also apply to packages that do not exist yet.
func TestLayerRules(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		from, to string
		allowed  bool
	}{
		{"main", "cli", true},
		{"cli", "main", false},
		{"cli", "ui", true},
		{"cli", "ui/plain", true},
		{"cli", "cli/batch", true},
		{"cli/batch", "auth/fault", true},
		{"ui", "cli", false},
		{"ui", "ui/issue", true},
		{"ui", "desk", true},
		{"ui/issue", "ui", false},
		{"ui/issue", "ui/board", false},
		{"ui/issue", "ui/issue/form", true},
		{"ui/issue", "ui/dialog", true},
		{"ui/issue", "explain", true},
		{"ui/dialog", "ui/issue", false},
		{"ui/dialog", "ui/token", false},
		{"ui/dialog", "ui/frame", true},
		{"ui/frame", "ui/dialog", false},
		{"ui/frame", "ui/widget", true},
		{"ui/frame", "desk", true},
		{"ui/token", "ui/dialog", true},
		{"ui/token", "ui/widget", true},
		{"ui/widget", "ui/frame", false},
		{"ui/widget", "auth", false},
		{"ui/widget", "auth/jsontext", true},
		{"ui/widget", "internal/visible", true},
		{"desk", "explain", true},
		{"desk", "ui/frame", false},
		{"explain", "desk", false},
		{"explain", "probe", true},
		{"explain", "internal/visible", true},
		{"explain", "internal/terminal", false},
		{"desk", "internal/progress", false},
		{"cli/suite", "internal/progress", true},
		{"ui/plain", "internal/terminal", true},
		{"internal/progress", "internal/terminal", true},
		{"internal/copyas", "internal/terminal", false},
		{"internal/copyas", "settings", false},
		{"settings", "jwks", false},
		{"probe", "probe/matrix", true},
		{"probe", "ledger", false},
		{"ledger", "internal/file", true},
		{"auth", "auth/jsontext", true},
		{"auth", "auth/input", false},
		{"auth", "internal/visible", false},
		{"auth/find", "auth", true},
		{"auth/fault", "auth/jsontext", true},
		{"auth/jsontext", "auth", false},
		{"scripts/conformance", "auth", true},
		{"test/api", "cli", true},
		{"cli", "test/api", false},
	} {
		if why := objection(tt.from, tt.to); (why == "") != tt.allowed {
			t.Errorf("%s to %s: %q", tt.from, tt.to, why)
		}
	}
	if _, _, found := layer("utils"); found {
		t.Error("an unknown folder is in a layer")
	}
}
