//go:build unix

package cli_test

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// published is an issuer with an HTTPS server, and a folder of its user.
type published struct {
	*httptest.Server
	t   *testing.T
	dir string

	mu    sync.Mutex
	set   string
	asked []string
}

func publish(t *testing.T, set string) *published {
	t.Helper()
	p := &published{t: t, dir: t.TempDir(), set: set}
	p.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.asked = append(p.asked, r.URL.Path)
		if r.URL.Path != "/jwks" || p.set == "" {
			http.NotFound(w, r)
			return
		}
		fmt.Fprint(w, p.set)
	}))
	p.Config.ErrorLog = log.New(io.Discard, "", 0)
	p.StartTLS()
	t.Cleanup(p.Close)
	p.write("ca.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: p.Certificate().Raw})))
	return p
}

func (p *published) write(name, text string) {
	p.t.Helper()
	if err := os.WriteFile(filepath.Join(p.dir, name), []byte(text), 0o600); err != nil {
		p.t.Fatal(err)
	}
}

// publishes changes the keys that the issuer publishes.
func (p *published) publishes(set string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.set = set
}

// run runs a command. The test fails unless it ends with the code, its output has the
// text, and exactly those paths were requested.
func (p *published) run(code int, want, asked string, args ...string) {
	p.t.Helper()
	cmd := program(p.t, "tokendesk", args...)
	cmd.Dir = p.dir
	cmd.Env = append(cmd.Env, "SSL_CERT_FILE="+filepath.Join(p.dir, "ca.pem"), "HOME="+p.dir, "XDG_CACHE_HOME="+filepath.Join(p.dir, "cache"))
	out, _ := cmd.CombinedOutput() // the exit code is checked
	if got := cmd.ProcessState.ExitCode(); got != code || !strings.Contains(string(out), want) {
		p.t.Errorf("%q ends with %d, want %d, and says\n%s\nwant in it\n%s", args, got, code, out, want)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if got := strings.Join(p.asked, " "); got != asked {
		p.t.Errorf("%q asked for %q, want %q", args, got, asked)
	}
	p.asked = nil
}

// pairOf returns a private key with that ID, and the JWK of its public key.
func pairOf(t *testing.T, id string) (*auth.Key, string) {
	t.Helper()
	seed := sha256.Sum256([]byte(id))
	key, err := auth.NewKey(auth.EdDSA, ed25519.NewKeyFromSeed(seed[:]), auth.WithKeyID(id))
	if err != nil {
		t.Fatal(err)
	}
	jwk, err := key.EncodePublic(auth.FormatJWK)
	if err != nil {
		t.Fatal(err)
	}
	return key, string(jwk)
}

const someSecret = "0123456789abcdef0123456789abcdef0123456789abcde0"

// secretKey returns the key of someSecret.
func secretKey(t *testing.T) *auth.Key {
	t.Helper()
	key, err := auth.NewHMACKey(auth.HS256, []byte(someSecret))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// issuedBy returns a token of the key with those header parameters.
func issuedBy(t *testing.T, key *auth.Key, parameters auth.Object) string {
	t.Helper()
	token, err := (&auth.Issuer{Key: key, Parameters: parameters, Now: func() time.Time { return noon }}).Issue(auth.Request{Subject: "ada"})
	if err != nil {
		t.Fatal(err)
	}
	return token.Compact
}

// TestPublished: the keys come from the configured URL, and never from one that a
// token names.
func TestPublished(t *testing.T) {
	t.Parallel()
	one, first := pairOf(t, "one")
	two, second := pairOf(t, "two")
	p := publish(t, `{"keys":[`+first+`,{"kty":"RSA","use":"enc","kid":"enc","n":"AQAB","e":"AQAB"}]}`)
	url := p.URL + "/jwks"
	p.write(".env", "JWKS_URL="+url+"\n")
	token := issuedBy(t, one, nil)

	p.run(0, "valid: signed with EdDSA by key "+one.Fingerprint()+", kid one of "+url+", fetched just now", "/jwks", "verify", token)
	p.run(0, `"from":"`+url+`","age_seconds":`, "", "verify", "--json", token) // from the cache
	p.run(3, "there is no key", "", "issue", "ada")
	p.run(0, "", "", "inspect", token)

	// At another time the keys are as old as they are now, also in the cache.
	p.run(0, ", fetched just now", "", "verify", "--at", "now+20m", token)
	p.run(0, ", fetched just now", "/jwks", "verify", "--at", "now+20m", "--refetch", token)
	p.run(0, ", fetched just now", "", "verify", token)

	// A URL in a token is never requested, whatever the verdict.
	for _, name := range []string{"jku", "x5u"} {
		hostile := issuedBy(t, one, auth.Object{{Name: name, Value: jsontext.Quote(p.URL + "/hostile")}})
		p.run(0, "valid: ", "", "verify", hostile)
		p.run(0, "", "", "inspect", hostile)
	}
	p.run(12, "bad signature", "", "verify", token[:len(token)-4]+"AAAA")

	// For an unknown kid the set is fetched again, but not immediately.
	signedByTwo := issuedBy(t, two, nil)
	p.run(13, "the token names the key \"two\"", "", "verify", signedByTwo)
	p.run(13, "which is not configured, and the set of "+url+", fetched ", "", "verify", signedByTwo)
	p.run(13, "does not have it; if the key is new, fetch the published keys again", "", "verify", signedByTwo)
	p.run(13, "tokendesk: if a key of "+url+" is new, add --refetch", "", "verify", "--json", signedByTwo)
	p.publishes(`{"keys":[` + first + `,` + second + `]}`)
	p.run(13, "the token names the key \"two\"", "", "verify", signedByTwo)
	p.run(0, "kid two of "+url+", fetched just now", "/jwks", "verify", "--refetch", signedByTwo)
	p.publishes(`{"keys":[` + first + `,{"kty":"RSA","use":"enc","kid":"enc","n":"AQAB","e":"AQAB"},{"kty":"EC","kid":"old"}]}`)
	p.run(0, "warning: "+url+": ignored key 3 (\"old\"): the EC JWK has no", "/jwks", "keys", "list", "--refetch")
	p.run(13, "warning: "+url+": ignored key 3 (\"old\"): the EC JWK has no", "", "verify", signedByTwo)
	p.run(0, "ignored key 2 (\"enc\")", "", "keys", "list")
	p.run(0, ", from "+url+", fetched ", "", "keys", "list")
	p.run(0, "1 key of "+url+", fetched ", "", "doctor")
	p.run(0, "ignored key 2 (\"enc\"): the use of the JWK is \"enc\"", "", "doctor")

	// Another URL is another set.
	p.publishes(`{"keys":[` + second + `]}`)
	p.run(0, "kid two of "+p.URL+"/jwks?v=2, fetched just now", "/jwks", "verify", "--jwks-url", p.URL+"/jwks?v=2", issuedBy(t, two, nil))

	// A URL that cannot be fetched.
	p.publishes("")
	p.run(3, "/gone answered with 404 Not Found", "/gone /gone/.well-known/openid-configuration", "verify", "--jwks-url", p.URL+"/gone", token)
	p.run(1, "✗ failure  jwks         "+p.URL+"/gone answered with 404 Not Found", "/gone /gone/.well-known/openid-configuration", "doctor",
		"--env-file", p.other("JWKS_URL="+p.URL+"/gone\n"))
	secret := p.other("SECRET_KEY=" + someSecret + "\nJWKS_URL=" + p.URL + "/gone\n")
	const gone = "/gone /gone/.well-known/openid-configuration"
	p.run(3, "the published keys could not be fetched: "+p.URL+"/gone answered with 404", gone, "verify", "--env-file", secret, token)
	p.run(3, p.URL+"/gone answered with 404 Not Found", gone, "verify", "--env-file", p.other("SECRET_KEY="+someSecret), "--jwks-url",
		p.URL+"/gone", token)
	p.run(3, p.URL+"/gone answered with 404 Not Found", gone, "keys", "list", "--env-file", secret)
	p.run(0, "", "", "issue", "--env-file", secret, "ada")

	// A token that a configured key has signed needs no other, unless a flag asks for it.
	own := issuedBy(t, secretKey(t), nil)
	p.run(0, "valid: signed with HS256", "", "verify", "--env-file", secret, own)
	p.run(10, "malformed", "", "verify", "--env-file", secret, "a.b.c")
	p.run(3, p.URL+"/gone answered with 404 Not Found", gone, "verify", "--env-file", secret, "--jwks-url", p.URL+"/gone", own)

	// And one that must not be fetched.
	p.run(2, "--jwks-url: it uses http, so anyone on the network path could replace the keys; use https", "", "verify", "--jwks-url",
		"http://auth.example.com/jwks", token)
	p.run(3, "JWKS_URL cannot be used: it is not an https URL", "", "verify", "--env-file", p.other("JWKS_URL=ftp://auth.example.com\n"),
		token)
}

// other writes another settings file and returns its path.
func (p *published) other(text string) string {
	p.t.Helper()
	file, err := os.CreateTemp(p.dir, "*.env")
	if err != nil {
		p.t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.WriteString(text); err != nil {
		p.t.Fatal(err)
	}
	return file.Name()
}
