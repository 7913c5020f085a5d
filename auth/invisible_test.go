package auth_test

import (
	"testing"

	"tokendesk/auth"
)

func TestIsInvisible(t *testing.T) {
	t.Parallel()
	for _, r := range "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u202e\u2060\u2800\u3164\ufeff\uffa0\U000e0041" {
		if !auth.IsInvisible(r) {
			t.Errorf("%U is shown", r)
		}
	}
	for _, r := range "\x00a ~\u00a0\u00ac\u00ae\u0301\u200c\u200d\u2028\u3000\ufe0f\ufffd😀" {
		if auth.IsInvisible(r) {
			t.Errorf("%U is not shown", r)
		}
	}
}
