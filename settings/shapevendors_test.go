package settings

import (
	"bytes"
	"cmp"
	"encoding/json"
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"tokendesk/auth"
	"tokendesk/settings/shape"
)

// The vendors whose tokens there are shapes of.
var vendorShapes = []string{
	"apns", "auth0", "cognito-access", "entra-v2", "firebase-id", "github-actions",
	"github-app", "keycloak-access", "kubernetes-sa", "oidc-id", "rfc9068", "supabase",
}

// TestVendorShapes shows the whole token of each shape: names in the vendor's order, the
// kinds of the values, the lifetime.
func TestVendorShapes(t *testing.T) {
	t.Parallel()
	if names := shape.Names(); !slices.Equal(names, vendorShapes) {
		t.Fatalf("the shapes are %q, want %q", names, vendorShapes)
	}
	subjects := map[string]string{"github-actions": "octo-org/octo-repo", "kubernetes-sa": "builder"}
	for _, name := range vendorShapes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := FindShape(t.TempDir(), name)
			if err != nil {
				t.Fatal(err)
			}
			checkWords(t, s)
			fresh := Fresh{Now: time.Unix(1_800_000_000, 0), N: 1, Preview: true}
			alg := s.Algorithms[0]
			claims, err := s.ClaimsOf(ShapeFor{
				Fresh: fresh, Subject: cmp.Or(subjects[name], "ada@example.com"), Lifetime: s.Lifetime, Algorithm: alg, KeyID: "2026-01",
			})
			if err != nil {
				t.Fatal(err)
			}
			golden.RequireEqual(t, append(indented(t, s.HeaderOf(alg, "2026-01")), indented(t, claims)...))
		})
	}
}

// checkWords checks what a shape says about itself.
func checkWords(t *testing.T, s *Shape) {
	t.Helper()
	if s.Description == "" || s.Vendor == "" || len(s.Algorithms) == 0 {
		t.Error("there is no description, vendor or algorithm")
	}
	if u, err := url.Parse(s.Documentation); err != nil || u.Scheme != "https" || u.Host == "" {
		t.Errorf("the documentation %q is no address", s.Documentation)
	}
	if s.Issuer.Example == "" || s.Issuer.About == "" {
		t.Error("it does not say what the issuer must be")
	}
}

func indented(t *testing.T, object auth.Object) []byte {
	t.Helper()
	text, err := object.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := json.Indent(&out, text, "", "  "); err != nil {
		t.Fatal(err)
	}
	out.WriteByte('\n')
	return out.Bytes()
}
