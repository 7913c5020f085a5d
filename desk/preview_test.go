package desk

import (
	"strings"
	"testing"

	"tokendesk/explain"
	"tokendesk/settings"
)

const family = `person:
  subject: person-{{n}}
  lifetime: 20m
  claims:
    role: person
    id: "{{uuid}}"
admin:
  extends: person
  claims:
    role: admin
    since: "{{now-2d}}"
`

// origins writes where the claims of a preview come from.
func origins(p Preview) string {
	var all []string
	for _, m := range explain.Preview(p.Header, p.Claims, p.From, moment).Claims {
		all = append(all, m.Name+": "+m.Text+" ("+m.From+")")
	}
	return strings.Join(all, "\n")
}

// personas parses personas.
func personasOf(t *testing.T, text string) map[string]*settings.Persona {
	t.Helper()
	all := map[string]*settings.Persona{}
	for _, p := range must[[]*settings.Persona](t)(settings.ParsePersonas("personas.yaml", []byte(text))) {
		all[p.Name] = p
	}
	return all
}

// The preview says of each claim where it comes from, and so does the token.
func TestPreview(t *testing.T) {
	t.Parallel()
	people := personasOf(t, family)
	for name, test := range map[string]struct {
		settings string
		form     Form
		want     string
	}{
		"a form": {
			"ISSUER=shop\nACCESS_TOKEN_EXPIRE_MINUTES=10",
			Form{Subject: "ada", Lifetime: "10m", Claims: object(t, `{"role":"admin","tenant":"{{uuid}}"}`)},
			`sub: ada (the form)
iss: shop (.env)
iat: 1795442712 (when it is issued)
exp: 1795443312 (.env)
jti: fresh in every token (random)
role: admin (the form)
tenant: "{{uuid}}" (the form {{uuid}})`,
		},
		"a persona": {
			"",
			Form{Persona: people["admin"], Subject: "person-{{n}}", Lifetime: "20m", Claims: people["admin"].Claims},
			`sub: person-1 (persona person {{n}})
iat: 1795442712 (when it is issued)
exp: 1795443912 (persona person)
jti: fresh in every token (random)
role: admin (persona admin)
id: "{{uuid}}" (persona person {{uuid}})
since: 1795269912 (persona admin {{now-2d}})`,
		},
		"a persona that was changed": {
			"AUDIENCE=api",
			Form{Persona: people["admin"], Subject: "eve", Lifetime: "1h", Claims: object(t, `{"role":"boss","id":"{{uuid}}"}`)},
			`sub: eve (the form)
aud: api (.env)
iat: 1795442712 (when it is issued)
exp: 1795446312 (the form)
jti: fresh in every token (random)
role: boss (the form)
id: "{{uuid}}" (persona person {{uuid}})`,
		},
		"nothing yet": {
			"",
			Form{Lifetime: "30m"},
			`sub: "" (still missing)
iat: 1795442712 (when it is issued)
exp: 1795444512 (default)
jti: fresh in every token (random)`,
		},
		"exact bytes": {"", Form{Bytes: []byte(`{"a": 1}`)}, `a: 1 (the form)`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := plain(t, test.settings)
			if test.form.Persona != nil {
				d.from.Next = func() int { return 1 }
			}
			draft := must[Draft](t)(test.form.Draft())
			p := must[Preview](t)(d.Preview(draft))
			equal(t, "the preview", origins(p), test.want)
			if p.Refused != nil {
				t.Error(p.Refused)
			}
			if !draft.Whole() {
				return
			}
			e := must[*Entry](t)(d.Issue(t.Context(), draft))
			report := explain.Token(e.Known(), moment)
			for i, m := range report.Claims {
				equal(t, m.Name+" of the token", m.From, p.From[p.Claims[i].Name])
			}
		})
	}
}

// A preview uses nothing up.
func TestPreviewUsesNothing(t *testing.T) {
	t.Parallel()
	d := plain(t, "")
	d.from.Number, d.from.Next = nil, nil
	d.from = d.from.withDefaults()
	draft := must[Draft](t)((&Form{Subject: "ada-{{n}}", Lifetime: "1m", Claims: object(t, `{"id":"{{uuid}}"}`)}).Draft())
	random, _ := d.from.Rand.(*counter)
	before := random.n
	for range 3 {
		p := must[Preview](t)(d.Preview(draft))
		equal(t, "sub", subjectOf(p), "ada-1")
	}
	equal(t, "randomness", random.n, before)
	equal(t, "sub", must[*Entry](t)(d.Issue(t.Context(), draft)).Token.Subject(), "ada-1")
	equal(t, "the next", subjectOf(must[Preview](t)(d.Preview(draft))), "ada-2")
	d.from.Next = nil
	equal(t, "an unknown number", subjectOf(must[Preview](t)(d.Preview(draft))), "ada-{{n}}")
}

// There is a preview without a key, in a protected profile, and for a persona whose key is
// missing. It says why nothing can be issued.
func TestPreviewWithoutKey(t *testing.T) {
	t.Parallel()
	for text, refused := range map[string]bool{
		"ISSUER=shop": true, "SECRET_KEY=" + testSecret + "\nPROTECTED=true": false, "KEY_FILE=missing.pem": true,
	} {
		d := openWith(t, text)
		p := must[Preview](t)(d.Preview(Draft{Subject: "ada", Lifetime: "1m"}))
		equal(t, text+": sub", subjectOf(p), "ada")
		equal(t, text+": refused", p.Refused != nil, refused)
	}
	p := must[Preview](t)(plain(t, "").Preview(Draft{Persona: persona(t, "p: {subject: ada, key: other}")}))
	equal(t, "a persona with another key", p.Refused != nil, true)
	if _, err := plain(t, "MAX_TOKEN_MINUTES=60").Preview(Draft{Subject: "ada", Lifetime: "2h"}); err == nil {
		t.Error("a lifetime above the limit has a preview")
	}
}

// The preview has the header and the payload.
func TestPreviewHeader(t *testing.T) {
	t.Parallel()
	d := plain(t, "KEY_ID=k1")
	p := must[Preview](t)(d.Preview(Draft{Subject: "ada", Header: object(t, `{"cty":"x"}`), Without: []string{"typ"}}))
	equal(t, "the header", string(must[[]byte](t)(p.Header.MarshalJSON())), `{"alg":"HS256","kid":"k1","cty":"x"}`)
	equal(t, "the payload", strings.HasPrefix(string(p.Payload), `{"sub":"ada","iat":1795442712,`), true)
}

// subjectOf returns the "sub" of a preview.
func subjectOf(p Preview) string {
	sub, _ := p.Claims.String("sub")
	return sub
}
