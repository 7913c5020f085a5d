package auth

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// placeholders are texts that templates have in place of a secret, reduced to letters and
// digits in lower case. A secret made of them, even repeated, protects nothing.
func placeholders() []string {
	return []string{
		"changeme", "changethis", "changeit", "replaceme", "replacethis", "fillme", "todo", "fixme",
		"changemeinproduction", "changethisinproduction", "changethissecret", "changethiskey",
		"changethissecretkey", "changemeplease", "pleasechangeme", "pleasechangethis", "replacewithyoursecret",
		"replacewithyoursecretkey", "replacewithasecret", "replacewithasecurekey", "replacewitharandomsecret",
		"yoursecret", "yoursecretkey", "yoursecretkeyhere", "yoursecrethere", "yourkeyhere", "yourkey",
		"yoursupersecretkey", "yoursupersecret", "yoursupersecretjwtkey", "yourjwtsecret", "yourjwtsecretkey",
		"yourjwtsecrethere", "yourjwtsecretkeyhere", "yourverysecretkey", "yourverylongsecretkey",
		"yourrandomsecretkey", "yourrandomsecret", "yourpassword", "yoursigningkey", "yourprivatekey",
		"your256bitsecret", "your384bitsecret", "your512bitsecret", "youraccesstokensecret",
		"insertyoursecrethere", "insertsecrethere", "putyoursecrethere", "putyoursecretkeyhere",
		"entersecrethere", "enteryoursecrethere", "mysecret", "mysecretkey", "mysupersecret", "mysupersecretkey",
		"myjwtsecret", "myjwtsecretkey", "myverysecretkey", "mysecrettoken", "mykey", "mypassword",
		"secret", "secrets", "secretkey", "secretsecret", "secretkeyhere", "somesecret", "somesecretkey",
		"thisisasecret", "thisisasecretkey", "thisismysecret", "thisismysecretkey", "thisisaverysecretkey",
		"thisisaverylongsecretkey", "thisisasupersecretkey", "notasecret", "notverysecret", "nosecret",
		"supersecret", "supersecretkey", "supersecretpassword", "supersecretjwtkey", "supersecretjwt",
		"supersecrettoken", "topsecret", "topsecretkey", "verysecret", "verysecretkey", "verysecure",
		"verysecurekey", "veryverysecret", "averysecretkey", "asecretkey", "averylongsecretkey",
		"jwtsecret", "jwtsecretkey", "jwtkey", "jwtsigningkey", "jwttoken", "signingkey", "signingsecret",
		"appsecret", "appsecretkey", "appkey", "authsecret", "accesstokensecret", "refreshtokensecret",
		"tokensecret", "sessionsecret", "hmacsecret", "sharedsecret", "clientsecret", "apisecret",
		"devsecret", "devsecretkey", "devkey", "developmentsecret", "developmentsecretkey", "testsecret",
		"testsecretkey", "testkey", "testingsecret", "dummysecret", "dummykey", "dummy", "examplesecret",
		"examplekey", "examplesecretkey", "samplesecret", "defaultsecret", "defaultsecretkey", "fallbacksecret",
		"localsecret", "unsafesecret", "insecure", "insecuresecret", "insecuresecretkey", "password",
		"passphrase", "passw0rd", "p4ssw0rd", "admin", "example", "test", "development", "foobar", "foo",
		"letmein", "qwerty", "key", "token", "jwt", "default", "placeholder", "none", "null", "undefined", "nil",
		"keyboardcat", "shhhh", "shhhhh", "shhhhhh", "shhhhshhhh", "abc123", "abcdef", "xxx",
	}
}

// knownSecrets are values that documentation prints as examples, in their exact spelling,
// however long they are.
func knownSecrets() []string {
	return []string{
		// The debugger of jwt.io, one for each size.
		"a-string-secret-at-least-256-bits-long",
		"a-valid-string-secret-that-is-at-least-384-bits-long-ok",
		"a-valid-string-secret-that-is-at-least-512-bits-long-which-is-very-long",
		// The FastAPI security tutorial, over the years.
		"09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7",
		"09d25e094faa6ca2556c818155b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7",
		// RFC 7515 appendix A.1, as printed and as the decoded bytes.
		"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
		"\x03\x23\x35\x4b\x2b\x0f\xa5\xbc\x83\x7e\x06\x65\x77\x7b\xa6\x8f\x5a\xb3\x28\xe6\xf0\x54\xc9\x28" +
			"\xa9\x0f\x84\xb2\xd2\x50\x2e\xbf\xd3\xfb\x5a\x92\xd2\x06\x47\xef\x96\x8a\xb4\xc3\x77\x62\x3d\x22" +
			"\x3d\x2e\x21\x72\x05\x2e\x4f\x08\xc0\xcd\x9a\xf5\x67\xd0\x80\xa3",
		// RFC 7520 section 3.5.
		"hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg",
		// Spring Boot and Java tutorials.
		"404E635266556A586E3272357538782F413F4428472B4B6250645367566B5970",
		"413F4428472B4B6250655368566D5970337336763979244226452948404D6351",
		"3cfa76ef14937c1c0ea519f8fc057a80fcd04a7420f8e8bcd0a7567c272e007b",
		"586E3272357538782F413F4428472B4B6250655368566B597033733676397924",
		// Counting up is not random.
		"0123456789abcdef0123456789abcdef",
		"12345678901234567890123456789012",
		"1234567890123456789012345678901234567890123456789012345678901234",
		"abcdefghijklmnopqrstuvwxyz123456",
		"abcdefghijklmnopqrstuvwxyz012345",
		"00112233445566778899aabbccddeeff",
		"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
	}
}

func isKnown(secret []byte) bool {
	text := strings.TrimSpace(string(secret))
	return slices.Contains(knownSecrets(), text) || slices.Contains(knownSecrets(), string(secret)) || isRun(text)
}

// isRun reports whether the text repeats a piece of at most four characters.
func isRun(text string) bool {
	for n := 1; n <= 4 && n*2 <= len(text); n++ {
		if strings.Repeat(text[:n], len(text)/n+1)[:len(text)] == text {
			return true
		}
	}
	return false
}

// isPlaceholder compares letters and digits only, so that "<your-secret_key>"
// is found, and removes what people append to reach a length ("-32-chars",
// "!!!", digits). Bytes that are no text are never a placeholder, whichever few
// letters are among them.
func isPlaceholder(secret []byte) bool {
	if !utf8.Valid(secret) {
		return false
	}
	core := strings.Map(func(r rune) rune {
		switch {
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			return r
		default:
			return -1
		}
	}, string(secret))
	if core == "" {
		return false
	}
	known := placeholders()
	if slices.Contains(known, core) || slices.Contains(known, strings.TrimRight(core, "0123456789")) {
		return true
	}
	return padded(core)
}

// padded reports whether the text consists only of words of placeholders and their
// padding, such as "mysupersecretkeythatisatleast32characterslong".
func padded(core string) bool {
	words := []string{
		"please", "change", "replace", "this", "that", "with", "your", "super", "secret", "secure", "secrets", "very",
		"long", "random", "string", "strings", "jwt", "key", "keys", "token", "signing", "production", "before", "value",
		"must", "should", "have", "least", "characters", "character", "chars", "char", "bytes", "byte", "bits", "bit",
		"minimum", "and", "for", "the", "real", "here", "insert", "enter", "some", "own", "one", "app", "auth", "hmac",
		"test", "testing", "development", "dev", "local", "only", "not", "use", "example", "sample", "default",
		"placeholder", "password", "enough", "more", "than", "safe", "unsafe", "insecure", "really", "private",
		"generate", "generated", "openssl", "hex", "min", "are", "was", "does", "hs256", "hs384", "hs512", "sha256",
		"16", "32", "48", "64", "128", "256", "384", "512", "123", "1234", "12345", "123456", "at", "be", "me", "my",
		"is", "it", "in", "to", "of", "or", "by", "as", "no", "do", "an", "a", "so",
	}
	// reach[i] says that core[:i] is a chain of those words.
	reach := make([]bool, len(core)+1)
	reach[0] = true
	for i := range core {
		if !reach[i] {
			continue
		}
		for _, word := range words {
			if strings.HasPrefix(core[i:], word) {
				reach[i+len(word)] = true
			}
		}
	}
	return reach[len(core)]
}
