package advice_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"tokendesk/auth/advice"
)

func TestOf(t *testing.T) {
	t.Parallel()
	damaged := advice.New("the file is damaged", "get a fresh copy")
	for _, test := range []struct {
		err        error
		text, want string
	}{
		{damaged, "the file is damaged", "get a fresh copy"},
		{fmt.Errorf("key.pem: %w", damaged), "key.pem: the file is damaged", "get a fresh copy"},
		{advice.Add(damaged, "choose another"), "the file is damaged", "choose another"},
		{advice.Add(io.EOF, "write a line"), "EOF", "write a line"},
		{io.EOF, "EOF", ""},
	} {
		if got := advice.Of(test.err); got != test.want || test.err.Error() != test.text {
			t.Errorf("got %q, %q, want %q, %q", test.err, got, test.text, test.want)
		}
	}
	if advice.Of(nil) != "" {
		t.Error("there is advice without an error")
	}
	if !errors.Is(advice.Add(io.EOF, "write a line"), io.EOF) {
		t.Error("advice hides the error")
	}
}

func Example() {
	err := fmt.Errorf("key.txt: %w", advice.New("it is UTF-16", "save it as UTF-8"))
	fmt.Println(err)
	fmt.Println(advice.Of(err))
	// Output:
	// key.txt: it is UTF-16
	// save it as UTF-8
}
