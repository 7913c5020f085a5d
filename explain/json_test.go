package explain

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"tokendesk/auth"
)

func marshal(t *testing.T, value any) string {
	t.Helper()
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// docs/commands.md promises the members and their types. Values are exact.
func TestInspection(t *testing.T) {
	t.Parallel()
	const compact = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhXHUwMDliWzMxbVx1MjAyZSIsImV4cCI6MTc5NTQ0MjcxMjAwMH0."
	r := Token(Known{Result: Decoded(compact), Around: []string{"Bearer"}}, moment)
	problem, finding := r.Failures[0], r.Findings[0]
	got := marshal(t, r.Inspection())
	want := `{"token":"` + compact + `","taken_off":["Bearer"],"problem":{"class":"unsupported","reason":` + marshal(t, problem.Text) +
		`,"advice":` + marshal(t, problem.Do) + `,"source":"RFC 8725 section 3.2"},` +
		`"header":{"alg":"none"},"claims":{"sub":"a\u009b[31m\u202e","exp":1795442712000},` +
		`"signature_bytes":0,"signature_checked":false,"times":[{"claim":"exp","time":null,"seconds_from_now":1793647269288}],` +
		`"expired":false,"as_of":null,` +
		`"findings":[{"code":"alg-none","severity":"danger","text":` + marshal(t, finding.Text) + `,"source":"RFC 8725 section 3.2"},`
	equal(t, "of alg none", got[:min(len(got), len(want))], want)
	equal(t, "of nothing", marshal(t, Token(Known{Result: Decoded("")}, moment).Inspection().Findings), "[]")
	empty := Token(Known{Result: Decoded("")}, moment)
	equal(t, "of an empty text", marshal(t, empty.Inspection()),
		`{"token":"","taken_off":[],"problem":`+marshal(t, empty.Failures[0].Failed())+
			`,"header":null,"claims":null,"signature_bytes":0,"signature_checked":false,"times":[],"expired":false,"as_of":null,"findings":[],`+
			plainExtras("")+`,"inside":null}`)
	expired := Token(Known{Result: Decoded(signed(t, testKey(t), `{"exp":1795442712,"iat":1.50}`))}, moment).Inspection()
	if !expired.Expired || expired.Problem != nil {
		t.Errorf("of an expired token: expired %t, problem %v", expired.Expired, expired.Problem)
	}
	equal(t, "its claims", marshal(t, expired.Claims), `{"exp":1795442712,"iat":1.50}`)
	equal(t, "its times", marshal(t, expired.Times), `[{"claim":"exp","time":"2026-11-23T14:05:12Z","seconds_from_now":0},`+
		`{"claim":"iat","time":"1970-01-01T00:00:01Z","seconds_from_now":-1795442711}]`)
}

func TestVerification(t *testing.T) {
	t.Parallel()
	key := testKey(t)
	compact := signed(t, key, `{"sub":"ada","exp":1795444512,"big":9007199254740993}`)
	r := Token(Known{Result: verified(t, compact, key), Leeway: 90 * time.Second, Origin: Origin{From: "good.env"}}, moment)
	times := `[{"claim":"exp","time":"2026-11-23T14:35:12Z","seconds_from_now":1800}]`
	rest := `"header":{"alg":"HS256","typ":"JWT"},"claims":{"sub":"ada","exp":1795444512,"big":9007199254740993},"times":` + times +
		`,"findings":[{"code":"inexact-number","severity":"note","text":"the claim \"big\" is a number that JavaScript and many others ` +
		`round to 9007199254740992","source":"RFC 8259 section 6"}],"taken_off":[],` + plainExtras("jws") + `,"decrypted_by":null,"inside":null}`
	equal(t, "of a valid token", marshal(t, r.Verification()), `{"verdict":"valid","valid":true,"exit_code":0,"failures":[],`+
		`"signature_checked":true,"key":{"fingerprint":"`+key.Fingerprint()+`","algorithm":"HS256","id":"","weak":false,`+
		`"from":"good.env","age_seconds":null},"leeway_seconds":90,"as_of":null,`+rest)
	r = Token(Known{Result: verified(t, compact)}, moment)
	equal(t, "of one that was not checked", marshal(t, r.Verification()), `{"verdict":"wrong_key","valid":false,"exit_code":0,"failures":[`+
		marshal(t, r.Failures[0].Failed())+`],"signature_checked":false,"key":null,"leeway_seconds":0,"as_of":null,`+rest)
	origin := Origin{From: "https://a.example/jwks", Fetched: moment.Add(-3*time.Minute - time.Millisecond)}
	out := Token(Known{Result: verified(t, compact, key), Origin: origin}, moment).Verification()
	equal(t, "the age of its key", marshal(t, out.Key.AgeSeconds)+" "+out.Key.From, "180 https://a.example/jwks")
	v := auth.Verifier{Keys: []*auth.Key{key}}
	r = Token(Known{Result: v.VerifySignature(compact), SignatureOnly: true}, moment)
	_, got, _ := strings.Cut(marshal(t, r.Verification()), `"leeway_seconds":0,"as_of":null,`)
	equal(t, "of a signature alone", got, `"header":{"alg":"HS256","typ":"JWT"},"claims":null,"times":[],"findings":[],"taken_off":[],`+
		strings.TrimSuffix(plainExtras("jws"), `""`)+`"{\"sub\":\"ada\",\"exp\":1795444512,\"big\":9007199254740993}"`+
		`,"decrypted_by":null,"inside":null}`)
}

// plainExtras are the extras of a token in that form that has none.
func plainExtras(form string) string {
	return `"form":"` + form + `","type":"","unprotected":null,"disclosures":[],"header_text":"","payload_text":""`
}

// The JSON of a report does not depend on earlier calls of its methods.
func TestJSONIsStable(t *testing.T) {
	t.Parallel()
	r := Token(Known{Result: Decoded(signed(t, testKey(t), `{"exp":1795444512}`))}, moment)
	before := marshal(t, r.Inspection()) + marshal(t, r.Verification())
	later := Clock{Now: moment.Add(time.Hour), Brief: true}
	_, _, _ = r.Verdict(later), r.Status(later.Now), r.Expiry(later)
	equal(t, "afterwards", marshal(t, r.Inspection())+marshal(t, r.Verification()), before)
}
