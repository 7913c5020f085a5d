package settings

import (
	"slices"
	"strings"
	"testing"
)

// Every problem and every warning, word for word.
func TestSentences(t *testing.T) {
	t.Parallel()
	good := "SECRET_KEY=" + canary + "\n"
	const makeOne = "make one with openssl rand -hex 32"
	const orAccept = ", or set ALLOW_WEAK_SECRET=true if a test system uses this one"
	loaders := func(what, do string) string {
		return ".env:1: SECRET_KEY has " + what + ", so an API may read a different secret from this line; " + do
	}
	tests := []struct {
		name, text string
		want       []string
	}{
		{
			"zero minutes", good + "ACCESS_TOKEN_EXPIRE_MINUTES=0",
			[]string{
				".env:2: ACCESS_TOKEN_EXPIRE_MINUTES is zero, so tokens would expire the moment they are issued; use whole minutes, such as 30",
			},
		},
		{
			"negative minutes", good + "ACCESS_TOKEN_EXPIRE_MINUTES=-5",
			[]string{
				".env:2: ACCESS_TOKEN_EXPIRE_MINUTES is negative, so tokens would expire before they are issued; use whole minutes, such as 30",
			},
		},
		{
			"a fraction", good + "ACCESS_TOKEN_EXPIRE_MINUTES=1.5",
			[]string{".env:2: ACCESS_TOKEN_EXPIRE_MINUTES is not a whole number; use whole minutes, such as 30"},
		},
		{
			"text", good + "ACCESS_TOKEN_EXPIRE_MINUTES=" + canary,
			[]string{".env:2: ACCESS_TOKEN_EXPIRE_MINUTES is not a number; use whole minutes, such as 30"},
		},
		{
			"overflow", good + "MAX_TOKEN_MINUTES=99999999999999999999",
			[]string{".env:2: MAX_TOKEN_MINUTES is too large; use whole minutes, such as 30"},
		},
		{
			"overflow of the duration", good + "MAX_TOKEN_MINUTES=999999999999",
			[]string{".env:2: MAX_TOKEN_MINUTES is too large; use whole minutes, such as 30"},
		},
		{
			"above the limit", good + "ACCESS_TOKEN_EXPIRE_MINUTES=60\nMAX_TOKEN_MINUTES=30",
			[]string{".env:2: ACCESS_TOKEN_EXPIRE_MINUTES is above MAX_TOKEN_MINUTES; lower the first or raise the second"},
		},
		{
			"unknown algorithm", good + "ALGORITHM=" + canary,
			[]string{
				".env:2: ALGORITHM is not a supported algorithm; use HS256, HS384 or HS512, or one that matches KEY_FILE, " +
					"such as RS256, ES256 or EdDSA",
			},
		},
		{
			"lower case algorithm", good + "ALGORITHM=hs256",
			[]string{
				".env:2: ALGORITHM is not a supported algorithm; use HS256, HS384 or HS512, or one that matches KEY_FILE, " +
					"such as RS256, ES256 or EdDSA",
			},
		},
		{
			"unknown encoding", good + "SECRET_KEY_ENCODING=" + canary,
			[]string{".env:2: SECRET_KEY_ENCODING is not a known encoding; use utf8, base64, base64url or hex"},
		},
		{
			"not hex", good + "SECRET_KEY_ENCODING=hex",
			[]string{".env:1: SECRET_KEY is not valid hex, which SECRET_KEY_ENCODING says it is; correct one of the two"},
		},
		{"neither on nor off", good + "TOKENDESK_MOUSE=" + canary, []string{".env:2: TOKENDESK_MOUSE is neither on nor off; use on or off"}},
		{
			"neither true nor false", good + "ALLOW_WEAK_SECRET=" + canary,
			[]string{".env:2: ALLOW_WEAK_SECRET is neither true nor false; use true or false"},
		},
		{
			"far below zero", good + "MAX_TOKEN_MINUTES=-99999999999999999999",
			[]string{".env:2: MAX_TOKEN_MINUTES is negative, so tokens would expire before they are issued; use whole minutes, such as 30"},
		},
		{"all at once, by line", "ALGORITHM=x\n" + good + "MAX_TOKEN_MINUTES=0", []string{
			".env:1: ALGORITHM is not a supported algorithm; use HS256, HS384 or HS512, or one that matches KEY_FILE, " +
				"such as RS256, ES256 or EdDSA",
			".env:3: MAX_TOKEN_MINUTES is zero, so tokens would expire the moment they are issued; use whole minutes, such as 30",
		}},

		{
			"short", "SECRET_KEY=Qx7pL2",
			[]string{".env:1: SECRET_KEY is weak: the secret has only 6 bytes, and HS256 needs at least 32 random bytes; " + makeOne + orAccept},
		},
		{
			"short for the algorithm", good + "ALGORITHM=HS512",
			[]string{
				".env:1: SECRET_KEY is weak: the secret has only 33 bytes, and HS512 needs at least 64 random bytes; " +
					"make one with openssl rand -hex 64" + orAccept,
			},
		},
		{
			"placeholder", "SECRET_KEY=change-me-please",
			[]string{".env:1: SECRET_KEY is weak: the secret is a placeholder, and HS256 needs at least 32 random bytes; " + makeOne + orAccept},
		},
		{
			"published", "SECRET_KEY=a-string-secret-at-least-256-bits-long",
			[]string{
				".env:1: SECRET_KEY is weak: the secret is published (an example of jwt.io), and HS256 needs at least 32 random bytes; " +
					makeOne + orAccept,
			},
		},
		{
			"URL", "SECRET_KEY=postgres://user:" + canary + "@host/db",
			[]string{
				".env:1: SECRET_KEY cannot be used with HS256: the secret is a URL, not an HMAC secret; " +
					makeOne,
			},
		},
		{
			"PEM", "SECRET_KEY=\"-----BEGIN PUBLIC KEY-----\nMIIB" + canary + "\n-----END PUBLIC KEY-----\"",
			[]string{
				".env:1: SECRET_KEY: the PEM is damaged; get a fresh copy of the file",
			},
		},
		{"blank", "SECRET_KEY='   '", []string{".env:1: SECRET_KEY is blank; " + makeOne}},
		{
			"a variable that was never expanded", "SECRET_KEY=${SECRET_KEY}",
			[]string{
				".env:1: SECRET_KEY refers to variables that this file does not set; write the secret itself, in single quotes if it contains a $",
			},
		},
		{
			"the same in single quotes", "SECRET_KEY='$SECRET_KEY_OF_THE_SERVICE_IN_PRODUCTION'",
			[]string{
				".env:1: SECRET_KEY cannot be used with HS256: the secret is a variable that was never expanded, not an HMAC secret; " + makeOne,
			},
		},
		{
			"weak and protected", "SECRET_KEY=Qx7pL2\nPROTECTED=true",
			[]string{".env:1: SECRET_KEY is weak: the secret has only 6 bytes, and HS256 needs at least 32 random bytes; " + makeOne},
		},
		{"weak and accepted", "SECRET_KEY=Qx7pL2\nALLOW_WEAK_SECRET=true", nil},

		{
			"set twice", good + "X=1\nSECRET_KEY=" + canary + "2",
			[]string{".env:1: SECRET_KEY is set again further down, and the last line counts; keep one of the two lines"},
		},
		{
			"set again to nothing", good + "SECRET_KEY=",
			[]string{".env:1: SECRET_KEY is set again further down, and the last line counts; keep one of the two lines"},
		},
		{"dollar", "SECRET_KEY=" + canary + "$$9", []string{loaders("a $, which some programs expand and others do not", quoteSecret)}},
		{
			"braces in single quotes", "SECRET_KEY='" + canary + "${X}'",
			[]string{loaders("a $, which some programs expand and others do not", otherSecret)},
		},
		{
			"backslash", `SECRET_KEY="` + canary + `\t"`,
			[]string{loaders("a backslash, which some programs remove and others do not", otherSecret)},
		},
		{
			"inner quote", "SECRET_KEY=" + canary + `"x`, []string{loaders("a quote, which some programs remove and others do not", quoteSecret)},
		},
		{
			"outer space", "SECRET_KEY=' " + canary + "'",
			[]string{loaders("a leading or trailing space in its quotes, which some programs trim and others do not", otherSecret)},
		},
		{
			"comment", "SECRET_KEY=" + canary + " # the key",
			[]string{loaders("a # after a space, where some programs see a comment and others do not", moveComment)},
		},
		{"inner space", "SECRET_KEY=" + canary + " x", []string{loaders("a space, where some programs stop and others do not", quoteSecret)}},
		{"colon", "SECRET_KEY: " + canary, []string{loaders("a colon after its name, where other programs expect an equal sign", writeEqual)}},
		{
			"line break", "SECRET_KEY='" + canary + "\nx'",
			[]string{loaders("a line break, where some programs stop and others do not", otherSecret)},
		},
		{
			"comment behind quotes", "SECRET_KEY='" + canary + "' # the key",
			[]string{loaders("text after its closing quote, which some programs drop and others do not", moveComment)},
		},
		{"shell", "SECRET_KEY=" + canary + ";x", []string{loaders("a character that is special to a shell", quoteSecret)}},
		{"dollar in single quotes", "SECRET_KEY='" + canary + "$x'", nil},
		{"plain", good, nil},
		{"double quotes", "SECRET_KEY=\"" + canary + "\"", nil},
		{"Windows line ends", "SECRET_KEY=" + canary + "\r\nISSUER=x\r\n", nil},

		{
			"open quote", "A=1\n\nISSUER=\"" + canary,
			[]string{".env:3: this line is not a setting; write NAME=value, close every quote, and use only letters, digits and _ in names"},
		},
		{
			"hyphen in a name", good + "SECRET-KEY=" + canary,
			[]string{".env:2: this line is not a setting; write NAME=value, close every quote, and use only letters, digits and _ in names"},
		},
		{
			"no sign", good + "what is " + canary,
			[]string{".env:2: this line is not a setting; write NAME=value, close every quote, and use only letters, digits and _ in names"},
		},
		{"byte order mark", "\ufeff" + good, []string{".env:1: it starts with a byte order mark; save it as UTF-8 without one"}},
		{"UTF-16", "\xff\xfeS\x00", []string{".env:1: it is UTF-16; save it as UTF-8"}},
		{"NUL", good + "X=\x00", []string{".env:2: this line contains a control character; retype the line"}},
		{"escape", good + "X=\x1b[31m", []string{".env:2: this line contains a control character; retype the line"}},
		{
			"carriage return inside a line", "X=a\rSECRET_KEY=" + canary,
			[]string{".env:1: this line contains a control character; retype the line"},
		},
		{"bad UTF-8", good + "X=\xff", []string{".env:2: this line is not valid UTF-8; save the file as UTF-8"}},
		{"too large", good + strings.Repeat("#", maxFile), []string{".env: it is larger than 64 KiB; check that it is a settings file"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s, err := load(t, tt.text, nil)
			got := sentences(s, err)
			if !slices.Equal(got, tt.want) {
				t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(tt.want, "\n  "))
			}
			if strings.Contains(strings.Join(got, "\n"), canary) {
				t.Error("a value came out")
			}
		})
	}
}

func TestControlCharactersFromTheEnvironment(t *testing.T) {
	t.Parallel()
	s, err := load(t, "", map[string]string{
		"PROJECT_NAME": "\x1b]52;c;aGk=\a", "ISSUER": "\xff", "SECRET_KEY": canary + "\r\n",
	})
	want := []string{
		"environment: PROJECT_NAME contains a control character; retype it",
		"environment: ISSUER is not valid UTF-8; retype it",
		"environment: SECRET_KEY contains a control character; set it again, without a line break at the end",
	}
	if got := sentences(s, err); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
