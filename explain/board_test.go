package explain

import (
	"testing"
	"time"

	"tokendesk/auth"
)

func TestNotices(t *testing.T) {
	t.Parallel()
	ada := Decoded(signed(t, testKey(t), `{"sub":"ada"}`)).Token
	nobody := &auth.Token{}
	for _, test := range []struct {
		tokens            []*auth.Token
		expired, expiring string
	}{
		{[]*auth.Token{ada}, "✗ the token for ada expired", "▲ the token for ada expires in 59s"},
		{[]*auth.Token{nobody}, "✗ a token without a subject expired", "▲ a token without a subject expires in 59s"},
		{[]*auth.Token{ada, nobody}, "✗ 2 tokens on the board expired", "▲ 2 tokens on the board expire in 59s"},
	} {
		equal(t, "expired", joined([]Line{Expired(test.tokens)}), test.expired)
		equal(t, "expiring", joined([]Line{Expiring(test.tokens, 58*time.Second+1)}), test.expiring)
	}
	equal(t, "a subject", Subject(ada), "ada")
	equal(t, "no subject", Subject(nobody), "(no subject)")
}
