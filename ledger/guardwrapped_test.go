package ledger

import (
	"encoding/base64"
	"encoding/hex"
	"testing"

	"tokendesk/auth"
)

// A secret or a token is found behind a prefix, in a path, and in whatever claim it is.
func TestGuardFindsWhatIsGlued(t *testing.T) {
	t.Parallel()
	const secret = "kJ8s0vT-q2Lw9xYzAb3Cd4Ef5Gh6Ij7Kl8Mn"
	key, err := auth.NewHMACKey(auth.HS256, []byte(secret))
	if err != nil {
		t.Fatal(err)
	}
	const signature = "RAj0xBJbZEj6T85WtQPjwli8vEBnAijfe2f3O93MYfs"
	const token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJ6QHguZXhhbXBsZSJ9." + signature
	standard, digits := base64.StdEncoding.EncodeToString([]byte(secret)), hex.EncodeToString([]byte(secret))
	guard := NewGuard([]*auth.Key{key})
	for _, each := range []struct{ name, text string }{
		{"sub", token},
		{"sub", "https://x.example/cb/" + token},
		{"nonce", "token_" + token},
		{"htu", "a-" + token + ".x"},
		{"note", "https://x.example/cb/" + signature},
		{"sub", "sk_" + standard},
		{"sub", "sk-live-" + base64.RawURLEncoding.EncodeToString([]byte(secret))},
		{"note", "https://x.example/a/" + standard + "/b"},
		{"note", "k" + standard},
		{"note", "ke" + standard},
		{"note", "sk_" + digits},
		{"note", "a" + digits + "f"},
	} {
		if !guard.SuspectsText(each.name, each.text) {
			t.Errorf("%s=%s would be kept", each.name, each.text)
		}
	}
	for _, each := range []struct{ name, text string }{
		{"iss", "https://login.example.com/v2.0"},
		{"sub", "key1.example.com"},
		{"sub", "lake30.ey1.example.com"},
		{"aud", "MonkeyIsland.example.com.x"},
		{"iss", "https://login.example.com/0123456789abcdef/v2.0"},
		{"sid", "6553da60a54af58e29493993"},
		{"scope", "orders:read orders/write.all.eyes"},
		{"sub", "spiffe://trust.example.org/ns/a/sa/b"},
	} {
		if guard.SuspectsText(each.name, each.text) {
			t.Errorf("%s=%s would not be kept", each.name, each.text)
		}
	}
}
