package desk

import (
	"path/filepath"
	"strings"
	"testing"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
	"tokendesk/explain"
	"tokendesk/settings"
)

const shopShape = `vendor: The Shop
issuer: {form: "https://{host}", example: https://login.shop.example}
audience: {example: shop-api}
algorithms: [ES256]
lifetime: 10m
header: {typ: shop+jwt, alg: "{{alg}}", kid: "{{kid}}"}
claims:
  exp: "{{expires}}"
  sub: "user:{{subject}}"
  iss: "{{issuer}}"
  aud: ["{{audience}}"]
  iat: "{{now}}"
  role: user
  mail: "{{email}}"
`

// nobody is a shape of tokens about nobody, which do not expire.
const nobody = `claims: {iss: "{{issuer}}", iat: "{{now}}"}`

func shapeOf(t *testing.T, text string) *settings.Shape {
	t.Helper()
	return must[*settings.Shape](t)(settings.ParseShape("shop.shape.yaml", "shop", []byte(text)))
}

// inShop returns a persona of a file beside the shape shop.
func inShop(t *testing.T, text string) *settings.Persona {
	t.Helper()
	dir := write(t, map[string]string{"shop.shape.yaml": shopShape, "nobody.shape.yaml": nobody})
	all := must[[]*settings.Persona](t)(settings.ParsePersonas(filepath.Join(dir, "personas.yaml"), []byte(text)))
	return all[len(all)-1]
}

// The form stands above the persona, that above the shape, and that above the settings.
func TestShapeStrength(t *testing.T) {
	t.Parallel()
	shop := shapeOf(t, shopShape)
	for _, test := range []struct {
		name, env string
		draft     Draft
		claims    string
	}{
		{
			"the examples", "",
			Draft{Subject: "ada", Shape: shop},
			`{"exp":1795443312,"sub":"user:ada","iss":"https://SHOP","aud":["shop-api"],"iat":IAT,"role":"user","mail":"ada@MAIL"}`,
		},
		{
			"the settings", "ISSUER=https://iss\nAUDIENCE=a,b\nACCESS_TOKEN_EXPIRE_MINUTES=1\n",
			Draft{Subject: "ada", Shape: shop},
			`{"exp":1795443312,"sub":"user:ada","iss":"https://iss","aud":["a","b"],"iat":IAT,"role":"user","mail":"ada@MAIL"}`,
		},
		{
			"the form", "ISSUER=https://iss\n",
			Draft{
				Subject: "ada", Shape: shop, Lifetime: "1m", Issuer: "me", Audience: []string{"x"}, ID: "one", NotBefore: moment,
				Claims: object(t, `{"own":1,"role":"admin"}`),
			},
			`{"exp":1795442772,"sub":"user:ada","iss":"me","aud":["x"],"iat":IAT,"role":"admin","mail":"ada@MAIL","own":1,"nbf":IAT,"jti":"one"}`,
		},
		{
			"a persona", "ISSUER=https://iss\n",
			Draft{Persona: inShop(t, "a: {subject: eve, shape: shop, lifetime: 2m, claims: {iss: persona, team: \"t{{n}}\", role: boss}}")},
			`{"exp":1795442832,"sub":"user:eve","iss":"persona","aud":["shop-api"],"iat":IAT,"role":"boss","mail":"eve@MAIL","team":"t1"}`,
		},
		{
			"a persona that extends", "",
			Draft{Persona: inShop(t, "a: {subject: eve, shape: shop, claims: {role: boss}}\nb: {extends: a, subject: bob}")},
			`{"exp":1795443312,"sub":"user:bob","iss":"https://SHOP","aud":["shop-api"],"iat":IAT,"role":"boss","mail":"bob@MAIL"}`,
		},
		{
			"a persona in another shape", "",
			Draft{Shape: shapeOf(t, nobody), Persona: inShop(t, "a: {subject: eve, shape: shop, claims: {role: boss}}")},
			`{"iat":IAT,"sub":"eve","role":"boss"}`,
		},
		{
			"claims of a file", "",
			Draft{Subject: "ada", Shape: shop, Payload: &Payload{Claims: object(t, `{"role":"file","x":[1.50]}`)}},
			`{"exp":1795443312,"sub":"user:ada","iss":"https://SHOP","aud":["shop-api"],"iat":IAT,"role":"file","mail":"ada@MAIL","x":[1.50]}`,
		},
		{
			"without", "",
			Draft{Subject: "ada", Shape: shop, Without: []string{"mail", "aud", "exp"}},
			`{"sub":"user:ada","iss":"https://SHOP","iat":IAT,"role":"user"}`,
		},
		{"nobody", "ISSUER=me\nAUDIENCE=them\n", Draft{Shape: shapeOf(t, nobody)}, `{"iss":"me","iat":IAT}`},
		{
			"somebody", "ISSUER=me\n",
			Draft{Subject: "ada", Audience: []string{"x"}, Lifetime: "1m", Shape: shapeOf(t, nobody)},
			`{"iss":"me","iat":IAT,"exp":1795442772,"sub":"ada","aud":"x"}`,
		},
		{
			"a sub of its own", "",
			Draft{Shape: shop, Claims: object(t, `{"sub":"whole"}`)},
			`{"exp":1795443312,"sub":"whole","iss":"https://SHOP","aud":["shop-api"],"iat":IAT,"role":"user","mail":"whole@MAIL"}`,
		},
		{
			"the limit", "MAX_TOKEN_MINUTES=5\nACCESS_TOKEN_EXPIRE_MINUTES=5\n",
			Draft{Subject: "ada", Shape: shop, Without: []string{"mail", "aud"}},
			`{"exp":1795443012,"sub":"user:ada","iss":"https://SHOP","iat":IAT,"role":"user"}`,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			equal(t, "whole", test.draft.Whole(), true)
			d := plain(t, test.env)
			e := must[*Entry](t)(d.Issue(t.Context(), test.draft))
			got := string(must[[]byte](t)(e.Token.Claims.MarshalJSON()))
			want := strings.NewReplacer("IAT", "1795442712", "SHOP", "login.shop.example", "MAIL", "example.com").Replace(test.claims)
			equal(t, "the claims", got, want)
			p := must[Preview](t)(d.Preview(test.draft))
			equal(t, "the names of the preview", strings.Join(names(p.Claims), " "), strings.Join(names(e.Token.Claims), " "))
		})
	}
}

func names(o auth.Object) (all []string) {
	for _, m := range o {
		all = append(all, m.Name)
	}
	return all
}

// The header is that of the shape, in its order, with what the draft sets.
func TestShapeHeader(t *testing.T) {
	t.Parallel()
	shop := shapeOf(t, shopShape)
	for _, test := range []struct {
		name, env string
		draft     Draft
		header    string
	}{
		{"without an ID", "", Draft{}, `{"typ":"shop+jwt","alg":"HS256"}`},
		{"with an ID", "KEY_ID=k1", Draft{}, `{"typ":"shop+jwt","alg":"HS256","kid":"k1"}`},
		{"its own", "", Draft{Header: object(t, `{"typ":"x","n":1}`), Without: []string{"header.kid"}}, `{"typ":"x","alg":"HS256","n":1}`},
		{"left out", "KEY_ID=k1", Draft{Without: []string{"typ"}}, `{"alg":"HS256","kid":"k1"}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.draft.Shape, test.draft.Subject = shop, "ada"
			e := must[*Entry](t)(plain(t, test.env).Issue(t.Context(), test.draft))
			equal(t, "the header", string(must[[]byte](t)(e.Token.Header.MarshalJSON())), test.header)
		})
	}
}

func TestShapeRefused(t *testing.T) {
	t.Parallel()
	shop := shapeOf(t, shopShape)
	d := plain(t, "MAX_TOKEN_MINUTES=60")
	for _, test := range []struct {
		draft Draft
		err   string
	}{
		{Draft{Shape: shop}, "the subject is missing"},
		{Draft{Shape: shop, Persona: inShop(t, "a: {}")}, "the subject is missing"},
		{Draft{Shape: shop, Subject: "a@b@c"}, "an address can have only one @"},
		{Draft{Shape: shop, Subject: "ada", Lifetime: "2h"}, "the lifetime 2h is above the limit of 1h"},
		{Draft{Shape: shapeOf(t, nobody)}, "without exp the token never expires, but the limit is 1h"},
		{
			Draft{Shape: shop, Subject: "ada", Without: []string{"nothing"}},
			"the token has no claim and no header parameter nothing; check the name",
		},
	} {
		_, err := d.Issue(t.Context(), test.draft)
		fails(t, err, test.err)
	}
	equal(t, "a draft without a subject", (&Draft{Shape: shop}).Whole(), false)
}

// Each claim says where it comes from.
func TestShapeProvenance(t *testing.T) {
	t.Parallel()
	d := plain(t, "AUDIENCE=a")
	draft := Draft{
		Subject: "ada", Shape: shapeOf(t, shopShape), Persona: inShop(t, "a: {claims: {role: boss, more: 1}}"), Claims: object(t, `{"own":1}`),
	}
	want := map[string]string{
		"exp": "shape shop", "sub": "shape shop {{subject}}", "iss": "shape shop", "aud": ".env", "iat": "when it is issued",
		"role": "persona a", "mail": "shape shop {{email}}", "more": "persona a", "own": "the form",
	}
	got := must[Preview](t)(d.Preview(draft)).From
	for name, from := range want {
		equal(t, name, got[name], from)
	}
	equal(t, "the claims", len(got), len(want))
	draft.Lifetime, draft.Issuer = "1m", "me"
	got = must[Preview](t)(d.Preview(draft)).From
	equal(t, "a lifetime of the form", got["exp"], "the form")
	equal(t, "an issuer of the form", got["iss"], "the form")
	draft.Lifetime = "10m"
	equal(t, "the lifetime of the shape in the form", must[Preview](t)(d.Preview(draft)).From["exp"], "shape shop")
	exact := Draft{Subject: "ada", Shape: shapeOf(t, `claims: {sub: "{{subject}}"}`)}
	equal(t, "the subject itself", must[Preview](t)(d.Preview(exact)).From["sub"], "the form")
}

func TestShapeNotes(t *testing.T) {
	t.Parallel()
	shop := shapeOf(t, shopShape)
	other := shapeOf(t, strings.ReplaceAll(shopShape, "[ES256]", "[HS256]"))
	replaced := *other
	replaced.Replaces, replaced.File = true, "shop.shape.yaml"
	usual := shapeOf(t, strings.ReplaceAll(shopShape, "example: https", "default: https"))
	const full = "ISSUER=https://a\nAUDIENCE=b\nKEY_ID=k\n"
	for _, test := range []struct {
		name, env string
		draft     Draft
		notes     string
	}{
		{"nothing", full, Draft{Subject: "ada", Shape: other}, ""},
		{"no shape", "", Draft{Subject: "ada"}, ""},
		{
			"examples", "",
			Draft{Subject: "ada", Shape: shop},
			"iss and aud are the examples from the shape shop; set ISSUER to https://{host}, and set AUDIENCE to what your API expects\n" +
				"The Shop signs with ES256, but the key is for HS256, and has no kid; use another key if your API checks this",
		},
		{
			"one example", "ISSUER=https://a\nKEY_ID=k\n",
			Draft{Subject: "ada", Shape: other},
			"aud is the example from the shape shop; set AUDIENCE to what your API expects",
		},
		{
			"a usual value", "KEY_ID=k\n",
			Draft{Subject: "ada", Shape: usual, Audience: []string{"x"}},
			"The Shop signs with ES256, but the key is for HS256; use another key if your API checks this",
		},
		{
			"the form of the issuer", full,
			Draft{Subject: "ada", Shape: other, Issuer: "http://a/b"},
			"iss does not look like that of The Shop; write it as https://{host}, such as https://login.shop.example",
		},
		{
			"no ID", "ISSUER=https://a\nAUDIENCE=b",
			Draft{Subject: "ada", Shape: other},
			"tokens of The Shop have a kid, but the key has none; use another key if your API checks this",
		},
		{"a subject", full, Draft{Subject: "ada", Shape: shapeOf(t, nobody)}, "tokens of shop have no sub; leave out the subject"},
		{
			"the limit", full + "MAX_TOKEN_MINUTES=5\nACCESS_TOKEN_EXPIRE_MINUTES=5",
			Draft{Subject: "ada", Shape: other},
			"tokens of The Shop are valid for 10m, but the limit is 5m; raise MAX_TOKEN_MINUTES if you need more",
		},
		{"an own file", full, Draft{Subject: "ada", Shape: &replaced}, "the shape shop comes from shop.shape.yaml"},
		{"what cannot be issued", "", Draft{Subject: "ada", Lifetime: "soon", Shape: shop}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			equal(t, "the notes", lines(ShapeNotes(plain(t, test.env), test.draft)), test.notes)
		})
	}
}

func lines(all []explain.Line) string {
	var texts []string
	for _, l := range all {
		texts = append(texts, l.String())
	}
	return strings.Join(texts, "\n")
}

// A form keeps its shape, and takes a persona out of its own.
func TestShapeForm(t *testing.T) {
	t.Parallel()
	shop, p := shapeOf(t, shopShape), inShop(t, "a: {subject: eve, shape: shop}")
	form := Form{Subject: "{{n}}", Shape: shop, Lifetime: "1m"}
	draft := must[Draft](t)(form.Draft())
	equal(t, "the shape", draft.Shape, shop)
	back := FormOf(draft)
	equal(t, "the shape of the form", back.Shape, shop)
	d := plain(t, "")
	claims := func(f Form) string {
		t.Helper()
		draft := must[Draft](t)(f.Draft())
		return strings.Join(names(must[*Entry](t)(d.Issue(t.Context(), draft)).Token.Claims), " ")
	}
	const inShape = "exp sub iss aud iat role mail"
	equal(t, "in the shape", claims(form), inShape)
	equal(t, "the persona's", claims(Form{Persona: p, Subject: "eve"}), inShape)
	equal(t, "out of it", claims(Form{Persona: settings.InShape(p, nil), Subject: "eve"}), "sub iat exp jti")
}

// A broken shape of a persona is said where a token is asked for.
func TestBrokenShape(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{
		"shop.shape.yaml": "x: 1\n", ".env": "SECRET_KEY=" + testSecret, "personas.yaml": "a: {subject: eve, shape: shop}",
	})
	d := Open(t.Context(), source(dir))
	all := must[[]*settings.Persona](t)(d.Personas())
	for name, err := range map[string]error{
		"issue":   second(d.Issue(t.Context(), Draft{Persona: all[0]})),
		"preview": second(d.Preview(Draft{Persona: all[0]})),
	} {
		if err == nil || !strings.Contains(err.Error(), `shop.shape.yaml:1:1: a shape has no member "x"`) {
			t.Errorf("%s: %v", name, err)
		}
	}
	equal(t, "the shapes that can be used", len(Shapes(d)) > 0, true)
	for _, s := range Shapes(d) {
		equal(t, "a broken one among them", s.Name == "shop", false)
	}
}

func second[T any](_ T, err error) error { return err }

// Every embedded shape issues tokens that verify, with a secret and with an RSA key.
func TestEmbeddedShapes(t *testing.T) {
	t.Parallel()
	rsa := must[*auth.Key](t)(auth.GenerateKey(auth.RS256, 2048, nil, auth.WithKeyID("k1")))
	file := string(must[[]byte](t)(rsa.EncodePrivate(auth.FormatJWK)))
	file = filepath.Join(write(t, map[string]string{"private.jwk": file}), "private.jwk")
	for _, d := range []*Desk{plain(t, ""), openWith(t, "", func(s *Source) { s.KeyFile = file })} {
		for _, s := range Shapes(d) {
			e, err := d.Issue(t.Context(), Draft{Subject: "ada@example.com", Shape: s})
			if err != nil {
				t.Errorf("%s: %v", s.Name, err)
				continue
			}
			equal(t, s.Name+" verified", explain.Verified(&e.Result), true)
			payload := must[[]byte](t)(e.Token.Claims.MarshalJSON())
			if strings.Contains(string(payload), "{{") {
				t.Errorf("%s has a placeholder: %s", s.Name, payload)
			}
			at, _ := e.Token.Date("iat")
			if issued, _ := at.Time(); issued.After(moment) || issued.Before(moment.Add(-120e9)) {
				t.Errorf("%s is issued at %s", s.Name, issued)
			}
			if iss, _ := e.Token.Claims.Get("iss"); jsontext.Kind(iss) != "a string" {
				t.Errorf("%s has the issuer %s", s.Name, iss)
			}
			for _, n := range ShapeNotes(d, Draft{Subject: "ada@example.com", Shape: s}) {
				if strings.Contains(n.Text, "iss does not look") {
					t.Errorf("%s: %s", s.Name, n)
				}
			}
		}
	}
}
