package desk

import (
	"testing"

	"tokendesk/settings"
)

// Placeholders mean the same in every form, and \{{ is the text.
func TestForm(t *testing.T) {
	t.Parallel()
	claims := object(t, `{"role":"{{n}}","text":"\\{{n}}","path":"C:\\\\{{n}}","in":{"id":["{{now+1h}}"]}}`)
	const want = `,"iat":1795442712,"exp":1795442772,"role":1,"text":"{{n}}","path":"C:\\1","in":{"id":[1795446312]}}`
	for name, p := range map[string]*settings.Persona{"a persona": persona(t, service), "none": nil} {
		form := Form{Persona: p, Subject: "bob-{{n}}", Lifetime: "1m", Claims: claims}
		draft := must[Draft](t)(form.Draft())
		equal(t, name+": for", draft.For(), "bob-{{n}}")
		e := must[*Entry](t)(plain(t, "").Issue(t.Context(), draft))
		equal(t, name, payload(t, e), `{"sub":"bob-1"`+want)
		equal(t, name+": its persona", e.Persona() == "service", p != nil)
		back := FormOf(draft)
		equal(t, name+": the subject of the form again", back.Subject, form.Subject)
		equal(t, name+": the claims of the form again", back.Claims.Indent(), claims.Indent())
		equal(t, name+": the lifetime of the form again", back.Lifetime, "1m")
	}
	for _, wrong := range []Form{{Subject: "{{never"}, {Subject: "ada", Claims: object(t, `{"a":"{{uid}}"}`)}} {
		if _, err := wrong.Draft(); err == nil {
			t.Errorf("a placeholder was accepted: %+v", wrong)
		}
	}
}

// A draft from elsewhere is text: the form that makes it has no placeholder.
func TestFormOfText(t *testing.T) {
	t.Parallel()
	from := Draft{
		Subject: `a\{{n}}`, Lifetime: "1m", Issuer: "me", Audience: []string{"a", "b"}, ID: "one",
		Claims: object(t, `{"role":"{{n}}","x":{"{{n}}":["\u007b{uuid}}"]}}`), Without: []string{"iat"},
	}
	form := FormOf(from)
	draft := must[Draft](t)(form.Draft())
	d := plain(t, "")
	first, second := must[*Entry](t)(d.Issue(t.Context(), from)), must[*Entry](t)(d.Issue(t.Context(), draft))
	equal(t, "the subject", second.Token.Subject(), first.Token.Subject())
	for _, name := range []string{"role", "x", "iss", "aud", "jti", "exp"} {
		a, _ := first.Token.Claims.Get(name)
		b, _ := second.Token.Claims.Get(name)
		if name == "x" {
			a = []byte(`{"{{n}}":["{{uuid}}"]}`)
		}
		equal(t, name, string(b), string(a))
	}
	equal(t, "iat", second.Token.Claims.Index("iat"), -1)
}

// A form can hold what the commands can: claims that the issuer sets, and exact bytes.
func TestFormHoldsAll(t *testing.T) {
	t.Parallel()
	d := plain(t, "ISSUER=shop")
	for _, test := range []struct {
		form         Form
		claims, head string
	}{
		{
			Form{
				Lifetime: "1m", Claims: object(t, `{"exp":"{{now+1h}}"}`), Header: object(t, `{"kid":"k"}`),
				Without: []string{"sub", "jti", "header.typ"},
			},
			`{"iss":"shop","iat":1795442712,"exp":1795446312}`, `{"alg":"HS256","kid":"k"}`,
		},
		{Form{Subject: "ada", Lifetime: "1m", Bytes: []byte(`{"a": 1}`)}, `{"a":1}`, `{"alg":"HS256","typ":"JWT"}`},
		{
			Form{Lifetime: "1m", Claims: object(t, `{"sub":5}`), Without: []string{"iat", "exp", "jti", "iss"}},
			`{"sub":5}`, `{"alg":"HS256","typ":"JWT"}`,
		},
	} {
		draft := must[Draft](t)(test.form.Draft())
		e := must[*Entry](t)(d.Issue(t.Context(), draft))
		equal(t, "the claims", string(must[[]byte](t)(e.Token.Claims.MarshalJSON())), test.claims)
		equal(t, "the header", string(must[[]byte](t)(e.Token.Header.MarshalJSON())), test.head)
		equal(t, "can be issued again", draft.Whole(), true)
	}
	empty := Draft{Lifetime: "1m"}
	equal(t, "an empty draft", empty.Whole(), false)
}
