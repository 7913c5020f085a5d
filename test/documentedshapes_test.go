package test

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"tokendesk/settings"
	embedded "tokendesk/settings/shape"
)

// docs/shapes.md lists the shapes as they are: what signs them and how long they are valid.
func TestDocumentedShapes(t *testing.T) {
	t.Parallel()
	text := document(t, "docs/shapes.md")
	rows := tableRows(t, text, "| shape | token of | signed with | valid for | the subject becomes |")
	var names []string
	for _, row := range rows {
		cells := strings.Split(row, " | ")
		name := strings.Trim(cells[0], "|` ")
		names = append(names, name)
		s, err := settings.FindShape(t.TempDir(), name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if signed := cells[2]; signed != "any" {
			for _, alg := range s.Algorithms {
				signed = strings.Replace(signed, string(alg), "", 1)
			}
			if strings.Trim(signed, ", or") != "" {
				t.Errorf("%s: the algorithms are %s, not %s", name, s.Algorithms, cells[2])
			}
		}
		lifetime := time.Duration(0)
		if cells[3] != "no `exp`" {
			if lifetime, err = time.ParseDuration(cells[3]); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if lifetime != s.Lifetime {
			t.Errorf("%s: the lifetime is %s, not %s", name, s.Lifetime, cells[3])
		}
	}
	slices.Sort(names)
	if want := embedded.Names(); !slices.Equal(names, want) {
		t.Errorf("the table has %q, not %q", names, want)
	}
}

// docs/shapes.md names the versions of the verifiers that scripts/shapes installs.
func TestVerifiersOfShapes(t *testing.T) {
	t.Parallel()
	text := document(t, "docs/shapes.md")
	var manifest struct{ Dependencies map[string]string }
	if err := json.Unmarshal([]byte(document(t, "scripts/shapes/package.json")), &manifest); err != nil {
		t.Fatal(err)
	}
	versions := manifest.Dependencies
	for file, module := range map[string]string{"golang": "github.com/coreos/go-oidc/v3", "kubernetes": "k8s.io/kubernetes"} {
		required := regexp.MustCompile(regexp.QuoteMeta(module) + ` v(\S+)`)
		found := required.FindStringSubmatch(document(t, "scripts/shapes/"+file+"/go.mod"))
		if found == nil {
			t.Fatalf("%s/go.mod does not require %s", file, module)
		}
		versions[strings.TrimSuffix(strings.TrimPrefix(module, "github.com/"), "/v3")] = found[1]
	}
	for name, version := range versions {
		if !strings.Contains(text, name+" "+version) {
			t.Errorf("docs/shapes.md does not name %s %s", name, version)
		}
	}
}

// The shape that docs/shapes.md shows can be used.
func TestShapeInDocument(t *testing.T) {
	t.Parallel()
	_, rest, found := strings.Cut(document(t, "docs/shapes.md"), "This is `shop.shape.yaml`:\n\n```yaml\n")
	text, _, ends := strings.Cut(rest, "```")
	if !found || !ends {
		t.Fatal("there is no example")
	}
	if _, err := settings.ParseShape("shop.shape.yaml", "shop", []byte(text)); err != nil {
		t.Error(err)
	}
}
