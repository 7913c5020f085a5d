package auth

import (
	"errors"
	"strings"
	"testing"
)

// kindOf returns why a secret is refused for HS256, or 0.
func kindOf(secret string) SecretKind {
	var refused *SecretError
	errors.As(CheckSecret(HS256, []byte(secret)), &refused)
	if refused == nil {
		return 0
	}
	return refused.Kind
}

// The placeholders of templates are recognized in any spelling, and with digits appended.
func TestPlaceholders(t *testing.T) {
	t.Parallel()
	for _, text := range strings.Fields(`
		change-me changethis change_it replace-me ReplaceThis fill-me TODO FIXME change-me-in-production
		change-this-in-production change-this-secret change-this-key change-this-secret-key change-me-please
		please-change-me please_change_this replace-with-your-secret replace-with-your-secret-key
		replace-with-a-secret replace-with-a-secure-key replace-with-a-random-secret your-secret your_secret_key
		your-secret-key-here your-secret-here YOUR_KEY_HERE your-key your-super-secret-key your-super-secret
		your-super-secret-jwt-key your-jwt-secret your-jwt-secret-key your-jwt-secret-here
		your-jwt-secret-key-here your-very-secret-key your-very-long-secret-key your-random-secret-key
		your-random-secret your-password your-signing-key your-private-key your-256-bit-secret
		your-384-bit-secret your-512-bit-secret your-access-token-secret insert-your-secret-here
		insert-secret-here put-your-secret-here put-your-secret-key-here enter-secret-here
		enter-your-secret-here my-secret mysecretkey my_super_secret my-super-secret-key my-jwt-secret
		my-jwt-secret-key my-very-secret-key my-secret-token my-key my-password secret secrets secret-key
		secretsecret secret-key-here some-secret some-secret-key this-is-a-secret this-is-a-secret-key
		this-is-my-secret this-is-my-secret-key this-is-a-very-secret-key this-is-a-very-long-secret-key
		this-is-a-super-secret-key not-a-secret not-very-secret no-secret supersecret super-secret-key
		super-secret-password super-secret-jwt-key super-secret-jwt super-secret-token top-secret
		top-secret-key very-secret very-secret-key very-secure very-secure-key very-very-secret
		a-very-secret-key a-secret-key a-very-long-secret-key JWT_SECRET jwt-secret-key jwt-key jwt-signing-key
		jwt-token signing-key signing-secret app-secret APP_SECRET_KEY app-key auth-secret access-token-secret
		refresh-token-secret token-secret session-secret hmac-secret shared-secret client-secret api-secret
		dev-secret dev-secret-key dev-key development-secret development-secret-key test-secret
		test-secret-key test-key testing-secret dummy-secret dummy-key dummy example-secret example-key
		example-secret-key sample-secret default-secret default-secret-key fallback-secret local-secret
		unsafe-secret insecure insecure-secret insecure-secret-key password passphrase passw0rd p4ssw0rd
		admin example test development foobar foo letmein qwerty key token jwt default placeholder none null
		undefined nil keyboard-cat shhhh! shhhhh shhhhhh shhhhshhhh abcdef`) {
		for _, secret := range []string{text, "<" + strings.ToUpper(text) + ">", text + "7", text + "!!_90"} {
			if kind := kindOf(secret); kind != SecretPlaceholder {
				t.Errorf("%s: kind %d", secret, kind)
			}
		}
	}
}

// Digits are removed from the end of a placeholder, not from its middle. A placeholder
// may itself end in digits.
func TestPlaceholdersWithDigits(t *testing.T) {
	t.Parallel()
	for secret, want := range map[string]SecretKind{
		"abc123": SecretPlaceholder, "ABC-123": SecretPlaceholder, "abc1237": SecretShort, "xxx0": SecretPlaceholder,
		"secaret": SecretShort, "seczret": SecretShort, "secAret": SecretShort, "secZret": SecretShort,
		"sec0ret": SecretShort, "sec9ret": SecretShort, "[se/cr:et]": SecretPlaceholder, "{se@cr`et}": SecretPlaceholder,
		"secret0123456789": SecretPlaceholder, "7secret": SecretShort, "sec7ret": SecretShort, "12": SecretShort,
	} {
		if kind := kindOf(secret); kind != want {
			t.Errorf("%s: kind %d, want %d", secret, kind, want)
		}
	}
}

// A text that consists only of words of placeholders and padding is a placeholder,
// however long it is.
func TestPaddedPlaceholders(t *testing.T) {
	t.Parallel()
	for _, word := range strings.Fields(`
		please change replace this that with your super secret secure secrets very long random string strings
		jwt key keys token signing production before value must should have least characters character chars
		char bytes byte bits bit minimum and for the real here insert enter some own one app auth hmac test
		testing development dev local only not use example sample default placeholder password enough more than
		safe unsafe insecure really private generate generated openssl hex min are was does hs256 hs384 hs512
		sha256 16 32 48 64 128 256 384 512 123 1234 12345 123456 at be me my is it in to of or by as no do an a so`) {
		for _, secret := range []string{"unsafe" + word + "hex", "Generate-" + word + "-hex!", word + "-openssl-" + word} {
			if kind := kindOf(secret); kind != SecretPlaceholder {
				t.Errorf("%s: kind %d", secret, kind)
			}
		}
	}
	for _, secret := range []string{
		"unsafe-hat-hex", "hexq", "qhex", "unsafe-hex-b", "please-change-tomorrow", "x-openssl-hex", "hs255-hex", "hex7hex",
		"Ädä", "!!!", "§§§§",
	} {
		if kind := kindOf(secret); kind != SecretShort && kind != SecretKnown {
			t.Errorf("%s: kind %d", secret, kind)
		}
	}
}

// Secrets from documentation are recognized in their exact spelling, also with white
// space around them.
func TestKnownSecrets(t *testing.T) {
	t.Parallel()
	for _, secret := range []string{
		"a-string-secret-at-least-256-bits-long",
		"a-valid-string-secret-that-is-at-least-384-bits-long-ok",
		"a-valid-string-secret-that-is-at-least-512-bits-long-which-is-very-long",
		"09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7",
		"09d25e094faa6ca2556c818155b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7",
		"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
		"hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg",
		"404E635266556A586E3272357538782F413F4428472B4B6250645367566B5970",
		"413F4428472B4B6250655368566D5970337336763979244226452948404D6351",
		"3cfa76ef14937c1c0ea519f8fc057a80fcd04a7420f8e8bcd0a7567c272e007b",
		"586E3272357538782F413F4428472B4B6250655368566B597033733676397924",
		"0123456789abcdef0123456789abcdef",
		"12345678901234567890123456789012",
		"1234567890123456789012345678901234567890123456789012345678901234",
		"abcdefghijklmnopqrstuvwxyz123456",
		"abcdefghijklmnopqrstuvwxyz012345",
		"00112233445566778899aabbccddeeff",
		"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
	} {
		if kind := kindOf("\t" + secret + "\n"); kind != SecretKnown {
			t.Errorf("%s: kind %d", secret, kind)
		}
		if kind := kindOf(secret + "K"); kind == SecretKnown {
			t.Errorf("%sK: kind %d", secret, kind)
		}
	}
	rfc7515 := "\x03\x23\x35\x4b\x2b\x0f\xa5\xbc\x83\x7e\x06\x65\x77\x7b\xa6\x8f\x5a\xb3\x28\xe6\xf0\x54\xc9\x28" +
		"\xa9\x0f\x84\xb2\xd2\x50\x2e\xbf\xd3\xfb\x5a\x92\xd2\x06\x47\xef\x96\x8a\xb4\xc3\x77\x62\x3d\x22" +
		"\x3d\x2e\x21\x72\x05\x2e\x4f\x08\xc0\xcd\x9a\xf5\x67\xd0\x80\xa3"
	if kind := kindOf(rfc7515); kind != SecretKnown {
		t.Errorf("the bytes of RFC 7515 appendix A.1: kind %d", kind)
	}
}

// A text that repeats up to four characters is refused, however long it is.
func TestRepeatedPieces(t *testing.T) {
	t.Parallel()
	for secret, known := range map[string]bool{
		"Kx": false, "KK": true, "KxK": false, "KxKx": true, "KxKxK": true, "KxKxL": false,
		"Kx9Kx9": true, "Kx9Kx": false, "Kx9Kx9Kx": true, "Kx9LKx9L": true, "Kx9LKx9": false, "Kx9LKx9LK": true,
		"Kx9L2Kx9L2": false, strings.Repeat("Kx9L", 16): true, strings.Repeat("Kx9L2", 16): false,
		strings.Repeat("K", 63) + "L": false, "  " + strings.Repeat("K", 40) + "\n": true,
	} {
		if got := kindOf(secret) == SecretKnown; got != known {
			t.Errorf("%q: known %v", secret, got)
		}
	}
}
