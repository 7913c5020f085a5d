package kind_test

import (
	"strings"
	"testing"
	"time"

	"tokendesk/auth/kind"
)

// No file of the size that key files may have takes long.
func TestCostlyTexts(t *testing.T) {
	t.Parallel()
	const size = 64 << 10
	for _, piece := range []string{
		"END ", "BEGIN ", "-----BEGIN X", `{"a":`, "[", `"`, "'", "41", "QUFB", "%41", "a=b\n", "a: b\n", "-", "{{", "ssh-rsa ", "eyJ.",
		"—", "\\n",
		"-----BEGIN PRIVATE KEY----- ",
	} {
		start := time.Now()
		kind.Of([]byte(strings.Repeat(piece, size/len(piece))))
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%d bytes of %q take %v", size, piece, took)
		}
	}
}
