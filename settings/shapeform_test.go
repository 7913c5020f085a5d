package settings

import (
	"maps"
	"testing"
)

func TestForm(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		form, text string
		want       map[string]string // nil when the text has another form
	}{
		{"https://{host}/realms/{realm}", "https://kc.example:8443/realms/shop", map[string]string{"host": "kc.example:8443", "realm": "shop"}},
		{"https://{host}/realms/{realm}", "https://kc.example/realms/shop/", nil},
		{"https://{host}/realms/{realm}", "https://kc.example/auth/realms/shop", nil},
		{"https://{host}/realms/{realm}", "https://kc.example/realms/", nil},
		{"https://{host}/realms/{realm}", "http://kc.example/realms/shop", nil},
		{"https://{domain}/", "https://shop.eu.auth0.com/", map[string]string{"domain": "shop.eu.auth0.com"}},
		{"https://{domain}/", "https://shop.eu.auth0.com", nil},
		{"{team}", "DEF123GHIJ", map[string]string{"team": "DEF123GHIJ"}},
		{"{team}", "", nil},
		{"repo:{owner}/{repository}:{context...}", "repo:a/b:ref:refs/heads/main", map[string]string{
			"owner": "a", "repository": "b", "context": "ref:refs/heads/main",
		}},
		{"repo:{owner}/{repository}:{context...}", "a/b", nil},
		{"sa:{namespace}:{name}", "sa:shop:builder", map[string]string{"namespace": "shop", "name": "builder"}},
		{"fixed", "fixed", map[string]string{}},
		{"fixed", "fixed ", nil},
	} {
		f, err := parseForm(tt.form)
		if err != nil {
			t.Errorf("%s: %v", tt.form, err)
			continue
		}
		got, ok := f.match(tt.text)
		if ok != (tt.want != nil) || ok && !maps.Equal(got, tt.want) {
			t.Errorf("%s in %s: got %v, %v, want %v", tt.form, tt.text, got, ok, tt.want)
		}
		if fits := (Looks{Form: tt.form}).Fits(tt.text); fits != ok {
			t.Errorf("%s fits %s: %v", tt.form, tt.text, fits)
		}
	}
	for _, wrong := range []string{"", "{", "{}", "{a", "{A}", "{a}{b}", "{a}/{a}", "{a...}/x", "a}{b c}"} {
		if f, err := parseForm(wrong); err == nil {
			t.Errorf("%q is read as %v", wrong, f)
		}
	}
	if !(Looks{}).Fits("anything") {
		t.Error("without a form something does not fit")
	}
}
