package find

import "testing"

func FuzzTokens(f *testing.F) {
	token := compactOf(hs256, `{"sub":"ada"}`)
	for _, seed := range []string{
		"", " ", "\n", "\x00", "{", ".", "e", token, "Bearer " + token, `{"access_token":"` + token + `"}`, "\"'",
		token[:30] + "\n" + token[30:], "....", "a=b.c.d",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		found, err := Tokens(text, MaxPasted)
		if err != nil {
			if len(text) <= MaxPasted {
				t.Errorf("%q: %v", text, err)
			}
			return
		}
		if len(found) == 0 {
			t.Fatalf("%q: neither a token nor the text", text)
		}
		for _, f := range found {
			if len(f.Compact) > 2*len(text)+1 || f.Refused != nil && f.Refused.Token == nil {
				t.Errorf("%q in %q", f.Compact, text)
			}
		}
	})
}
