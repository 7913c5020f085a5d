package auth_test

import (
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// The examples use a fixed clock and fixed randomness, so that their output does not
// change.
func clock() time.Time { return time.Date(2026, 11, 23, 14, 5, 12, 0, time.UTC) }

func issuer() *auth.Issuer {
	key, err := auth.NewHMACKey(auth.HS256, []byte("Jq3vX9tLw2ZpR7mNc5HbK8dGf4YsA6eU"))
	if err != nil {
		panic(err)
	}
	return &auth.Issuer{Key: key, Now: clock, Rand: strings.NewReader("0123456789abcdef")}
}

func ExampleNewHMACKey() {
	key, err := auth.NewHMACKey(auth.HS256, []byte("Jq3vX9tLw2ZpR7mNc5HbK8dGf4YsA6eU"))
	fmt.Println(key.Algorithm(), key.Algorithm().Description(), key, err)

	key, err = auth.NewHMACKey(auth.HS256, []byte("<your secret>"))
	fmt.Println(key.Weakness(), err)

	_, err = auth.NewHMACKey(auth.HS256, []byte("https://vault.example.com/secret"))
	fmt.Println(err)
	// Output:
	// HS256 HMAC with SHA-256 [redacted] <nil>
	// the secret is a placeholder, and HS256 needs at least 32 random bytes <nil>
	// the secret is a URL, not an HMAC secret
}

func ExampleIssuer_Issue() {
	token, err := issuer().Issue(auth.Request{
		Subject:  "ada@example.com",
		Lifetime: time.Hour,
		Claims:   auth.Object{jsontext.Text("role", "admin")},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(token.Claims.Indent())
	// Output:
	// {
	//   "sub": "ada@example.com",
	//   "iat": 1795442712,
	//   "exp": 1795446312,
	//   "jti": "30313233343536373839616263646566",
	//   "role": "admin"
	// }
}

func ExampleDecode() {
	token, err := auth.Decode("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEiLCJpZCI6OTAwNzE5OTI1NDc0MDk5M30.c2lnbmF0dXJl")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, member := range token.Claims {
		fmt.Printf("%s %s\n", member.Name, member.Value)
	}
	// Output:
	// sub "ada"
	// id 9007199254740993
}

func ExampleDecode_refused() {
	_, err := auth.Decode("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.")
	var refused *auth.DecodeError
	if errors.As(err, &refused) {
		fmt.Printf("%s while %s (%s)\n", refused.Verdict, refused.Stage, refused.Source)
		fmt.Println(refused.Reason)
		fmt.Println("what could be read:", refused.Token.Subject())
	}
	// Output:
	// unsupported while checking the header parameters (RFC 8725 section 3.2)
	// the header's alg is "none", so the token is not signed and anyone could have written it
	// what could be read: admin
}

func ExampleVerifier_Verify() {
	i := issuer()
	token, err := i.Issue(auth.Request{Subject: "ada"})
	if err != nil {
		fmt.Println(err)
		return
	}
	v := auth.Verifier{Keys: []*auth.Key{i.Key}, Aud: []string{"api"}, Now: func() time.Time { return clock().Add(31 * time.Minute) }}
	result := v.Verify(token.Compact)
	fmt.Println(result.Verdict)
	for _, failure := range result.Failures {
		fmt.Println("-", failure.Reason)
	}
	// Output:
	// expired
	// - the token expired at 2026-11-23 14:35:12 UTC
	// - aud is missing, expected "api"
}

func ExampleToken_Status() {
	token, err := issuer().Issue(auth.Request{Subject: "ada"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, minutes := range []time.Duration{0, 29, 30, 31} {
		status := token.Status(clock().Add(minutes * time.Minute))
		fmt.Printf("%s: %s\n", status.State, status)
	}
	// Output:
	// active: 30m left
	// active: 1m left
	// expired: expired 0s ago
	// expired: expired 1m ago
}

func ExampleFindings() {
	token, err := auth.Decode("eyJhbGciOiJIUzI1NiIsImprdSI6Imh0dHBzOi8vZXZpbC5leGFtcGxlIn0." +
		"eyJzdWIiOiJhZGEifQ.YSBzaWduYXR1cmUgb2YgdGhpcnR5LXR3byBieXRlcyE")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, finding := range auth.Findings(token, clock()) {
		fmt.Printf("%s: %s\n", finding.Severity, finding.Text)
	}
	// Output:
	// danger: the header says where to fetch the key (jku): a verifier that fetches it trusts whoever wrote the token
	// warning: there is no exp: anyone who gets hold of the token can use it indefinitely
}

func ExampleResult_Err() {
	i := issuer()
	token, err := i.Issue(auth.Request{Subject: "ada"})
	if err != nil {
		fmt.Println(err)
		return
	}
	v := auth.Verifier{Keys: []*auth.Key{i.Key}, Now: func() time.Time { return clock().Add(time.Hour) }}
	if err := v.Verify(token.Compact).Err(); errors.Is(err, auth.ErrExpired) {
		fmt.Println("sign in again:", err)
	}
	// Output:
	// sign in again: the token expired at 2026-11-23 14:35:12 UTC
}

func ExampleToken_DecodeClaims() {
	token, err := auth.Decode("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEiLCJpZCI6OTAwNzE5OTI1NDc0MDk5M30.c2lnbmF0dXJl")
	if err != nil {
		fmt.Println(err)
		return
	}
	var claims struct {
		Subject string `json:"sub"`
		ID      any    `json:"id"`
	}
	if err := token.DecodeClaims(&claims); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s %v %T\n", claims.Subject, claims.ID, claims.ID)
	// Output:
	// ada 9007199254740993 json.Number
}

func ExampleParseKeys() {
	keys, err := auth.ParseKeys([]byte(`{"kty":"oct","alg":"HS256","kid":"2026-11","k":"SnEzdlg5dEx3MlpwUjdtTmM1SGJLOGRHZjRZc0E2ZVU"}`), "")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, key := range keys {
		fmt.Println(key.Algorithm(), key.ID(), key.Bits(), key.CanSign())
	}

	_, err = auth.ParseKeys([]byte("-----BEGIN PRIVATE KEY-----\n"), auth.ES256)
	fmt.Println(err)
	// Output:
	// HS256 2026-11 256 true
	// the PEM is damaged
}

func ExampleParsePublished() {
	keys, remarks, err := auth.ParsePublished([]byte(`{"keys":[
		{"kty":"OKP","crv":"Ed25519","kid":"a","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"},
		{"kty":"OKP","crv":"X25519","kid":"b","use":"enc","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
	]}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(keys[0].Algorithm(), keys[0].ID(), keys[0].CanSign())
	fmt.Println(remarks[0])
	// Output:
	// EdDSA a false
	// ignored key 2 ("b"): the use of the JWK is "enc", not sig (RFC 7517 section 4.2)
}

func ExampleGenerateKey() {
	key, err := auth.GenerateKey(auth.ES256, 0, rand.Reader, auth.WithKeyID("2026-11"))
	if err != nil {
		fmt.Println(err)
		return
	}
	public, err := key.EncodePublic(auth.FormatPEM)
	first, _, _ := strings.Cut(string(public), "\n")
	fmt.Println(key.Algorithm(), key.ID(), first, err)
	// Output:
	// ES256 2026-11 -----BEGIN PUBLIC KEY----- <nil>
}

// An edited token keeps its times.
func ExampleIssuer_Sign() {
	i := issuer()
	token, err := i.Issue(auth.Request{Subject: "ada"})
	if err != nil {
		fmt.Println(err)
		return
	}
	edited, err := i.Sign(token.Header, token.Claims.Set("sub", jsontext.Quote("bob")).Without("jti"))
	if err != nil {
		fmt.Println(err)
		return
	}
	text, err := edited.Claims.MarshalJSON()
	fmt.Printf("%s %v\n", text, err)
	// Output:
	// {"sub":"bob","iat":1795442712,"exp":1795444512} <nil>
}

func ExampleBatch() {
	role := auth.Object{jsontext.Text("role", "tester")}
	batch, err := auth.NewBatch(issuer(), auth.Request{Lifetime: time.Hour, Claims: append(role, jsontext.Text("jti", "1"))})
	if err != nil {
		fmt.Println(err)
		return
	}
	var room []byte
	for _, subject := range []string{"ada", "bob"} {
		compact, expires, err := batch.Append(room[:0], auth.Request{Subject: subject})
		if err != nil {
			fmt.Println(err)
			return
		}
		token, err := auth.Decode(string(compact))
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(token.Subject(), expires.Format(time.TimeOnly))
		room = compact
	}
	// Output:
	// ada 15:05:12
	// bob 15:05:12
}
