package kind_test

import (
	"testing"

	"tokendesk/auth/kind"
)

// Whatever the data, it has exactly one kind, with a name unless it is plain, and what is in it
// has that kind too.
func FuzzOf(f *testing.F) {
	for _, seed := range []string{
		"", " ", "\x00", "-", "{", "[", "$", "%", "0", "M", "'", `""`, "\ufeff", "\xff\xfe", "{}", "[]", "tr0ub4dor&3", token,
		jwe, ed, body, vapid,
		pemOf("PRIVATE KEY"), pemOf("OPENSSH PRIVATE KEY"), "ssh-ed25519 " + body, `{"kty":"oct","k":"AA"}`, `[{"kty":"oct"}]`,
		`{"a":{"keys":[]}}`,
		"LS0tLS1CRUdJTiBQVUJMSUMgS0VZLS0tLS0K", "2d2d2d2d2d424547494e", "%2D%2D%2D%2D%2DBEGIN+PUBLIC+KEY", "-----BEGIN 0-----END 0",
		"a: b\nc: d", "A=b\nC=d", "op://a/b/c",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		found := kind.Of(data)
		if (found.Kind == kind.Plain) != (found.Name == "") || (found.String() == "") != (found.Name == "") {
			t.Errorf("%d is called %q", found.Kind, found)
		}
		if found.HasKey() && found.Encoded() && found.Kind != kind.WebPush {
			if inner := kind.Of(found.Bytes); inner.Kind == kind.Plain {
				t.Errorf("%s has %q in it, which is plain", found, found.Bytes)
			}
		}
		_ = found.Advice()
	})
}
