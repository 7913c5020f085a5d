package file

import "testing"

func TestExpandHome(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ path, home, want string }{
		{"~/token.txt", "/home/ada", "/home/ada/token.txt"},
		{"~/token.txt", "", "~/token.txt"},
		{"~ada/token.txt", "/home/ada", "~ada/token.txt"},
		{"a/~/token.txt", "/home/ada", "a/~/token.txt"},
		{"token.txt", "/home/ada", "token.txt"},
		{"~", "/home/ada", "~"},
	} {
		if got := ExpandHome(test.path, test.home); got != test.want {
			t.Errorf("%q in %q is %q, want %q", test.path, test.home, got, test.want)
		}
	}
}
