package desk

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/find"
	"tokendesk/explain"
	"tokendesk/jwks"
	"tokendesk/settings"
)

// otherSecret signs tokens of another API in tests.
const otherSecret = "vN4kR8yTq2LwZ6sXb9PdC3hJf7MgE5uA"

// strange returns the entry of a token that the key of the Desk did not sign.
func strange(t *testing.T, d *Desk, key *auth.Key) *Entry {
	t.Helper()
	issuer := auth.Issuer{Key: key, Now: d.Now, Rand: &counter{}, Iss: "https://auth.example.com"}
	token := must[*auth.Token](t)(issuer.Issue(auth.Request{Subject: "ada"}))
	e := d.Inspect(Read(token.Compact, find.MaxPasted), 0, moment)
	if explain.Verified(&e.Result) {
		t.Fatal("the token is verified already")
	}
	return e
}

// another returns a private key with that ID.
func another(t *testing.T, id string) *auth.Key {
	t.Helper()
	private := ed25519.NewKeyFromSeed([]byte("another with thirty-two letters."))
	return must[*auth.Key](t)(auth.NewKey(auth.EdDSA, private, auth.WithKeyID(id)))
}

func secretKey(t *testing.T, alg auth.Algorithm, secret string) *auth.Key {
	t.Helper()
	return must[*auth.Key](t)(auth.NewHMACKey(alg, []byte(secret)))
}

func encodedPublic(t *testing.T, key *auth.Key, as auth.KeyFormat) string {
	t.Helper()
	return string(must[[]byte](t)(key.EncodePublic(as)))
}

// Every form in which a key can be pasted verifies the token, and the next one of the same
// issuer.
func TestAnotherKeyFromText(t *testing.T) {
	t.Parallel()
	d := plain(t, "")
	shared := secretKey(t, auth.HS384, otherSecret)
	bytes := secretKey(t, auth.HS256, "\x01\x02\xf3\xf4 thirty-two bytes and more \xff\xfe")
	signer := pair(t, auth.ES256)
	published := must[[]byte](t)(auth.EncodeSet([]*auth.Key{pair(t, auth.EdDSA, auth.WithKeyID("a")), signer}, auth.FormatJWK))
	inBase64 := base64.StdEncoding.EncodeToString
	pemText := encodedPublic(t, signer, auth.FormatPEM)
	for name, test := range map[string]struct {
		key        *auth.Key
		text, note string
	}{
		"a secret":          {shared, otherSecret, ""},
		"with a line break": {shared, otherSecret + "\r\n", ""},
		"with white space":  {shared, "  " + otherSecret + " ", "the secret without the white space around it made the signature"},
		"in quotes":         {shared, `"` + otherSecret + `"`, "the secret without its quotation marks made the signature"},
		"bytes in base64": {
			bytes, inBase64([]byte("\x01\x02\xf3\xf4 thirty-two bytes and more \xff\xfe")), "the secret decoded from base64 made the signature",
		},
		"PEM":                    {signer, pemText, ""},
		"PEM in base64":          {signer, inBase64([]byte(pemText)), "base64 was decoded"},
		"PEM in one line":        {signer, strings.ReplaceAll(pemText, "\n", `\n`), ""},
		"a JWK":                  {signer, encodedPublic(t, signer, auth.FormatJWK), ""},
		"a JWK set":              {signer, string(published), ""},
		"a private key verifies": {signer, privatePEM(t, signer), ""},
	} {
		e := strange(t, d, test.key)
		added, err := e.Another().Text(d, test.text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		equal(t, name+": the note", added.Note(), test.note)
		with := added.To(d)
		e.VerifyWith(with.Keyring(), moment)
		equal(t, name, e.Result.Verdict, auth.VerdictValid)
		equal(t, name+": its origin", e.Known().Origin.Text(moment), "pasted for this run")
		next := with.Inspect(Read(e.Token.Compact, find.MaxPasted), 0, moment)
		equal(t, name+": the next token", next.Result.Verdict, auth.VerdictValid)
		equal(t, name+": signs", with.Key(), d.Key())
		equal(t, name+": the Desk before", len(d.Keyring().Keys()), 1)
		equal(t, name+": added twice", len(added.To(with).Keyring().Keys()), len(with.Keyring().Keys()))
		equal(t, name+": after reading the settings again", len(with.Reload(t.Context()).Keyring().Keys()), len(with.Keyring().Keys()))
		thrown := must[*Desk](t)(with.WithThrowAway(t.Context()))
		equal(t, name+": with a key for this run", len(thrown.Keyring().Keys()), len(with.Keyring().Keys()))
	}
}

func privatePEM(t *testing.T, key *auth.Key) string {
	t.Helper()
	data := must[[]byte](t)(key.EncodePrivate(auth.FormatPEM))
	if block, _ := pem.Decode(data); block == nil {
		t.Fatal("no PEM")
	}
	return string(data)
}

// What is no key is named for what it is, and no error quotes it.
func TestAnotherKeyRefused(t *testing.T) {
	t.Parallel()
	d := plain(t, "")
	secret := strange(t, d, secretKey(t, auth.HS256, otherSecret))
	signed := strange(t, d, pair(t, auth.ES256, auth.WithKeyID("one")))
	publicPEM := encodedPublic(t, pair(t, auth.ES256), auth.FormatPEM)
	for name, test := range map[string]struct {
		e          *Entry
		text, want string
	}{
		"another secret": {
			secret, "another secret of the same length", "this key did not make the signature, or the token was changed after it was signed",
		},
		"nothing":                   {secret, " ", "it is blank"},
		"a token":                   {secret, signed.Token.Compact, "it is a JSON Web Token, not a key"},
		"a public key is no secret": {secret, publicPEM, "this key is for ES256, and not for HS256, the algorithm of the token"},
		"a secret is no public key": {signed, otherSecret, "ES256 needs an EC key on P-256, but this is neither PEM nor JWK"},
		"a kid that the set has not": {
			signed, `{"keys":[` + encodedPublic(t, pair(t, auth.ES256, auth.WithKeyID("two")), auth.FormatJWK) + `]}`,
			"the token names another kid, although this key made its signature",
		},
		"too much": {secret, strings.Repeat("x", MaxKeyText+1), "the text has 65537 bytes, more than the maximum of 65536"},
	} {
		_, err := test.e.Another().Text(d, test.text)
		if err == nil {
			t.Errorf("%s: no error", name)
			continue
		}
		equal(t, name, err.Error(), test.want)
		if strings.Contains(err.Error(), otherSecret) {
			t.Errorf("%s: the error quotes the secret", name)
		}
	}
}

// A key file and another settings file, of which each secret is tried.
func TestAnotherKeyFromFile(t *testing.T) {
	t.Parallel()
	d := plain(t, "")
	signer := pair(t, auth.ES256)
	dir := write(t, map[string]string{
		"public.pem":   encodedPublic(t, signer, auth.FormatPEM),
		"secret":       otherSecret + "\n",
		".env.other":   "JWT_ACCESS_SECRET=" + testSecret + "2\nJWT_REFRESH_SECRET=" + otherSecret + "\n",
		".env.nothing": "PORT=1\n",
	})
	for file, key := range map[string]*auth.Key{
		"public.pem": signer, "secret": secretKey(t, auth.HS256, otherSecret), ".env.other": secretKey(t, auth.HS256, otherSecret),
	} {
		path := filepath.Join(dir, file)
		e := strange(t, d, key)
		added, err := e.Another().File(d, path)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		e.VerifyWith(added.To(d).Keyring(), moment)
		equal(t, file, e.Result.Verdict, auth.VerdictValid)
		equal(t, "the origin of "+file, e.Known().Origin.Text(moment), path+", for this run")
	}
	e := strange(t, d, signer)
	for file, want := range map[string]string{
		"secret":       ": ES256 needs an EC key on P-256, but this is neither PEM nor JWK",
		".env.nothing": ": there is no key: neither SECRET_KEY nor KEY_FILE is set; ",
		"missing":      ": no such file; check the name",
	} {
		path := filepath.Join(dir, file)
		if _, err := e.Another().File(d, path); err == nil || !strings.HasPrefix(err.Error(), path+want) {
			t.Errorf("%s: got %v", file, err)
		}
	}
}

// An encrypted key asks for its passphrase, and is opened with it.
func TestAnotherKeyEncrypted(t *testing.T) {
	t.Parallel()
	d := plain(t, "")
	text := encrypted(t, "open sesame")
	open := auth.WithPassphrase(func() ([]byte, error) { return []byte("open sesame"), nil })
	signer := must[[]*auth.Key](t)(auth.ParseKeys([]byte(text), "", open))[0]
	e := strange(t, d, signer)
	_, err := e.Another().Text(d, text)
	locked, ok := errors.AsType[*Locked](err)
	if !ok {
		t.Fatalf("got %v", err)
	}
	equal(t, "the question", locked.Asks, Passphrase)
	_, err = locked.Answer("wrong")
	equal(t, "a wrong one", explain.Lines(err)[0].Text, "this passphrase does not decrypt the key")
	unlocked := must[*Desk](t)(locked.Answer("open sesame"))
	added := must[Added](t)(e.Another().Text(unlocked, text))
	e.VerifyWith(added.To(unlocked).Keyring(), moment)
	equal(t, "the verdict", e.Result.Verdict, auth.VerdictValid)
}

// Keys that are published at a URL say how old they are, and are fetched again on demand.
func TestAnotherKeyPublished(t *testing.T) {
	t.Parallel()
	const url = "https://auth.example.com"
	old, fresh := pair(t, auth.EdDSA, auth.WithKeyID("one")), another(t, "two")
	now := moment
	serve := []*auth.Key{old}
	var asked []string
	d := openWith(t, "SECRET_KEY="+testSecret, func(s *Source) {
		s.Fetch = func(_ context.Context, from string, _ ...string) (*jwks.Set, error) {
			asked = append(asked, from)
			return &jwks.Set{Keys: serve, From: from + "/keys", Fetched: now, Cached: true}, nil
		}
	})
	equal(t, "something to fetch again", Refetches(d), false)
	e := strange(t, d, old)
	if _, err := e.Another().Published(t.Context(), d, "http://auth.example.com"); err == nil {
		t.Error("http was accepted")
	}
	equal(t, "requests", len(asked), 0)
	added := must[Added](t)(e.Another().Published(t.Context(), d, url))
	with := added.To(d)
	e.VerifyWith(with.Keyring(), moment)
	equal(t, "the verdict", e.Result.Verdict, auth.VerdictValid)
	equal(t, "the origin", e.Known().Origin.Text(moment.Add(time.Minute)), url+"/keys, fetched 1m ago, for this run")

	other := with.Inspect(Read(strange(t, d, fresh).Token.Compact, find.MaxPasted), 0, moment.Add(20*time.Second))
	equal(t, "a new kid", other.Result.Failures[0].Reason,
		`the token names the key "two", which is not configured, and the set of https://auth.example.com/keys, fetched 20s ago, does not have it`)
	equal(t, "what to do", other.Result.Failures[0].Advice, "if the key is new, fetch the published keys again")

	serve, now = []*auth.Key{old, fresh}, moment.Add(20*time.Second)
	equal(t, "something to fetch again", Refetches(with), true)
	again := must[Fetched](t)(FetchAgain(t.Context(), with))
	equal(t, "what was fetched", again.Says(now), "2 keys of https://auth.example.com/keys, fetched just now")
	with = again.To(with)
	other.VerifyWith(with.Keyring(), now)
	equal(t, "the verdict", other.Result.Verdict, auth.VerdictValid)
	equal(t, "keys", len(with.Keyring().Keys()), 3)
	equal(t, "requests", len(asked), 2)
}

// A replaced key with the same kid: the failure names the set and its age (RFC 7517 section 4.5).
func TestReplacedKey(t *testing.T) {
	t.Parallel()
	seed := pair(t, auth.EdDSA, auth.WithKeyID("one"))
	set := &jwks.Set{Keys: []*auth.Key{seed}, From: "https://auth.example.com/keys", Fetched: moment, Cached: true}
	fetch := func(s *Source) {
		s.Fetch = func(context.Context, string, ...string) (*jwks.Set, error) { return set, nil }
	}
	d := openWith(t, "SECRET_KEY="+testSecret+"\nJWKS_URL=https://auth.example.com", fetch)
	d = must[*Desk](t)(d.Fetch(t.Context()))
	token := must[*auth.Token](t)((&auth.Issuer{Key: seed, Now: d.Now}).Issue(auth.Request{Subject: "ada"}))
	changed := token.Compact[:len(token.Compact)-6] + "AAAAAA"
	e := d.Inspect(Read(changed, find.MaxPasted), 0, moment.Add(10*time.Second))
	equal(t, "the verdict", e.Result.Verdict, auth.VerdictBadSignature)
	const made = "the signature was not made with the configured key, or the token was changed after it was signed; "
	equal(t, "why", e.Result.Failures[0].Reason, made+
		"the set of https://auth.example.com/keys, fetched 10s ago, has the key that it names")
	equal(t, "what to do", e.Result.Failures[0].Advice, "if the issuer has replaced the key, fetch the published keys again")
	equal(t, "worth asking again at once", e.Outdated(moment.Add(10*time.Second)), false)
	equal(t, "worth asking again later", e.Outdated(moment.Add(time.Minute)), true)
}

// While the user has not chosen one of several secrets, each of them verifies, and the token
// says which one made it.
func TestCandidatesVerify(t *testing.T) {
	t.Parallel()
	d := openWith(t, "SECRET_KEY="+testSecret+"\nJWT_SECRET="+otherSecret+"\n")
	equal(t, "undecided", settings.Undecided(d.Problem()), true)
	issuer := auth.Issuer{Key: secretKey(t, auth.HS256, otherSecret), Now: d.Now, Rand: &counter{}}
	token := must[*auth.Token](t)(issuer.Issue(auth.Request{Subject: "ada"}))
	e := d.Inspect(Read(token.Compact, find.MaxPasted), 0, moment)
	equal(t, "the verdict", e.Result.Verdict, auth.VerdictValid)
	equal(t, "its origin", e.Known().Origin.Text(moment), "JWT_SECRET of .env")
	if d.Key() != nil {
		t.Error("one of them signs")
	}
}

// iss and aud are checked as the settings have them, and no longer.
func TestCheckClaims(t *testing.T) {
	t.Parallel()
	d := plain(t, "ISSUER=https://auth.example.com\nAUDIENCE=api, other\n")
	equal(t, "why not", NothingExpected(d), "")
	e := must[*Entry](t)(d.Issue(t.Context(), Draft{Subject: "ada"}))
	e.Check(Expected(d), moment)
	equal(t, "its own token", e.Result.Verdict, auth.VerdictValid)
	equal(t, "what was checked", e.Checked(), "iss and aud")
	lines := explain.Token(e.Known(), moment).Verdict(explain.Clock{Now: moment})
	equal(t, "what is said", lines[len(lines)-1].Text, "iss and aud as the settings have them")

	foreign := d.Inspect(Read(signedByHand(t, `{"iss":"me","aud":"you"}`), find.MaxPasted), 0, moment)
	equal(t, "without the check", foreign.Result.Verdict, auth.VerdictValid)
	foreign.Check(Expected(d), moment)
	equal(t, "with it", foreign.Result.Verdict, auth.VerdictWrongClaim)
	equal(t, "failures", len(foreign.Result.Failures), 2)
	foreign.Check(Checks{}, moment)
	equal(t, "without it again", foreign.Result.Verdict, auth.VerdictValid)

	equal(t, "why not", NothingExpected(plain(t, "")), ".env sets neither ISSUER nor AUDIENCE")
	equal(t, "one of them", Expected(plain(t, "AUDIENCE=api")).Names(), "aud")
}

func signedByHand(t *testing.T, claims string) string {
	t.Helper()
	encode := base64.RawURLEncoding.EncodeToString
	input := encode([]byte(`{"alg":"HS256"}`)) + "." + encode([]byte(claims))
	signature := must[[]byte](t)(secretKey(t, auth.HS256, testSecret).Sign(nil, input))
	return input + "." + encode(signature)
}

// A file that is too large or a folder is refused without being read whole.
func TestAnotherKeyLargeFile(t *testing.T) {
	t.Parallel()
	d := plain(t, "")
	path := filepath.Join(t.TempDir(), "large")
	if err := os.WriteFile(path, make([]byte, MaxKeyText+1), 0o600); err != nil {
		t.Fatal(err)
	}
	e := strange(t, d, secretKey(t, auth.HS256, otherSecret))
	_, err := e.Another().File(d, path)
	fails(t, err, path+": it is larger than 64 KiB; check that it is the right file")
}
