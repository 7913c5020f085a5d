package desk

import (
	"strings"
	"testing"
)

// TestSignDocument: each signature fills the placeholders, and only a token that is kept
// uses up a number.
func TestSignDocument(t *testing.T) {
	t.Parallel()
	numbers := 6
	d := openWith(t, "SECRET_KEY="+testSecret, func(s *Source) {
		s.Number = func() int { numbers++; return numbers }
		s.Next = func() int { return numbers + 1 }
	})
	const text = `{"header":{"alg":"HS256","typ":"JWT"},"claims":{"sub":"ada","n":"{{n}}","at":["{{now+5m}}"],"text":"\\{{n}}"}}`
	for range 2 {
		made := must[Edited](t)(SignDocument(d, text, false))
		claims := must[[]byte](t)(made.Entry.Token.Claims.MarshalJSON())
		equal(t, "the claims", string(claims), `{"sub":"ada","n":7,"at":[1795443012],"text":"{{n}}"}`)
		equal(t, "it has placeholders", made.Fresh, true)
	}
	kept, err := SignDocument(d, text, true)
	if n, _ := kept.Entry.Token.Claims.Get("n"); err != nil || string(n) != "7" || numbers != 7 {
		t.Errorf("%v, n is %s, and %d numbers are used up", err, n, numbers)
	}
	if plain, err := SignDocument(d, strings.ReplaceAll(text, "{{", "<<"), true); err != nil || plain.Fresh || numbers != 7 {
		t.Errorf("%v, %v, %d numbers", err, plain.Fresh, numbers)
	}
	if _, err := SignDocument(d, strings.Replace(text, "{{n}}", "{{nn}}", 1), true); err == nil || !strings.HasPrefix(err.Error(), "n: ") {
		t.Errorf("a placeholder that does not exist: %v", err)
	}
	document, _ := d.Document(kept.Entry.Token)
	again, err := SignDocument(d, document, true)
	if err != nil || again.Entry.Token.Compact != kept.Entry.Token.Compact {
		t.Errorf("%v, the document of the token is another one: %s", err, document)
	}
}
