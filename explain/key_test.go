package explain

import (
	"crypto/ed25519"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"tokendesk/auth"
)

func facts(k KeyFacts, now time.Time) string {
	var lines []string
	for _, f := range k.Facts(now) {
		lines = append(lines, f.Name+": "+f.Text)
	}
	return strings.Join(lines, "\n")
}

func TestKeyFacts(t *testing.T) {
	t.Parallel()
	hmac := testKey(t)
	private, err := auth.NewKey(auth.EdDSA, ed25519.NewKeyFromSeed([]byte(secret)[:32]))
	if err != nil {
		t.Fatal(err)
	}
	public, err := auth.NewKey(auth.EdDSA, private.Public(), auth.WithKeyID("2026-11"))
	if err != nil {
		t.Fatal(err)
	}
	thumbprint := private.ID()
	fetched := Origin{From: "https://auth.example.com/jwks", Fetched: moment.Add(-3 * time.Minute)}
	const fetchedText = "https://auth.example.com/jwks, fetched 3m ago"
	for _, test := range []struct {
		name, facts, line string
		got               KeyFacts
	}{
		{
			"a secret that signs",
			"key: 256-bit HMAC secret\nalgorithm: HS256, HMAC with SHA-256\nused for: signing and verifying\n" +
				"fingerprint: " + hmac.Fingerprint() + "\nfrom: .env",
			hmac.Fingerprint() + "  HS256  256-bit HMAC secret, from .env",
			Key(hmac, UseOf(hmac, hmac), Origin{From: ".env"}),
		},
		{
			"a private key that personas name",
			"key: 256-bit private key\nalgorithm: EdDSA, Edwards-curve signature\nused for: verifying, and signing for personas that name it\n" +
				"fingerprint: " + private.Fingerprint() + "\nkid: " + thumbprint + "\nfrom: keys/private.pem",
			private.Fingerprint() + "  EdDSA  256-bit private key, kid " + thumbprint + ", from keys/private.pem",
			Key(private, UseOf(private, hmac), Origin{From: "keys/private.pem"}),
		},
		{
			"a public key that was fetched",
			"key: 256-bit public key\nalgorithm: EdDSA, Edwards-curve signature\nused for: verifying only: the private key is elsewhere\n" +
				"fingerprint: " + public.Fingerprint() + "\nkid: 2026-11\nthumbprint: " + thumbprint + "\nfrom: " + fetchedText,
			public.Fingerprint() + "  EdDSA  256-bit public key, kid 2026-11, thumbprint " + thumbprint + ", from " + fetchedText,
			Key(public, UseOf(public, nil), fetched),
		},
		{
			"a key of which the use is not known",
			"key: 256-bit HMAC secret\nalgorithm: HS256, HMAC with SHA-256\nfingerprint: " + hmac.Fingerprint(),
			hmac.Fingerprint() + "  HS256  256-bit HMAC secret",
			Key(hmac, 0, Origin{}),
		},
	} {
		equal(t, test.name, facts(test.got, moment), test.facts)
		equal(t, test.name+" on a line", test.got.Line(moment), test.line)
		if test.got.Weakness != nil || (test.got.Secret != nil) != (test.got.Kind == "secret") {
			t.Errorf("%s: weakness %v, secret %v", test.name, test.got.Weakness, test.got.Secret)
		}
	}
	equal(t, "of a secret", Key(hmac, 0, Origin{}).Secret.String(), auth.ErrNoPublicKey.Error())
	equal(t, "fetched in the future", Origin{From: "u", Fetched: moment.Add(time.Hour)}.Text(moment), "u, fetched just now")
	equal(t, "fetched in this second", Origin{From: "u", Fetched: moment.Add(-999 * time.Millisecond)}.Text(moment), "u, fetched just now")
	equal(t, "fetched a second ago", Origin{From: "u", Fetched: moment.Add(-time.Second)}.Text(moment), "u, fetched 1s ago")
}

// The JSON of keys has the members that docs/commands.md names.
func TestKeyJSON(t *testing.T) {
	t.Parallel()
	weak, err := auth.NewHMACKey(auth.HS256, []byte("Qx7pL2"), auth.WithKeyID("k1"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.Marshal(Key(weak, Signs, Origin{From: ".env"}))
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "a weak secret", string(got), `{"file":".env","kind":"secret","algorithm":"HS256","bits":48,"fingerprint":"`+
		weak.Fingerprint()+`","id":"k1","thumbprint":null,"weak":true,"form":"","notes":[],"only_decrypts":false}`)
	equal(t, "on a line", Key(weak, Signs, Origin{From: ".env"}).Line(moment),
		weak.Fingerprint()+"  HS256  48-bit HMAC secret, weak, kid k1, from .env")
}
