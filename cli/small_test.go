package cli_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"tokendesk/auth"
	"tokendesk/cli"
)

// TestSmallInputs gives every command that reads a file or standard input nothing, white space
// and each single byte that begins something. None may panic, and a refusal is one sentence.
func TestSmallInputs(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good := write("good.env", "SECRET_KEY=Canary7hWq2LzX9mB4vKp1TnR8sYd3GfJ\nPERSONAS_FILE=small\n")
	small := filepath.Join(folder, "small")
	for _, content := range []string{
		"", " ", "\t", "\n", "\r\n", " \n \n", "\x00", "\x1b", "{", "[", `"`, "'", "-", "$", "%", "0", "M", ".", ",", "=", "#",
		":", "?", "a", "\x80", "\xff",
		"\xef\xbb\xbf", "\xff\xfe", "\xfe\xff", "{}", "[]", `""`, "..", "...", "....", "--", "A=", "=B", "a:", "null",
	} {
		write("small", content)
		runs := [][]string{
			{"keys", "list", "--key-file", small},
			{"keys", "public", "--key-file", small},
			{"keys", "convert", small, filepath.Join(folder, "new.pem")},
			{"verify", "--key-file", small, "a.b.c"},
			{"faults", "issue", "expired", "ada", "--key-file", small},
			{"doctor", "--key-file", small},
			{"issue", "ada", "--env-file", small},
			{"doctor", "--env-file", small},
			{"personas", "--env-file", small},
			{"keys", "list", "--env-file", small},
			{"personas", "--env-file", good},
			{"issue", "--env-file", good, "--persona", "a"},
			{"issue", "ada", "--env-file", good, "--claims", small},
			{"issue", "ada", "--env-file", good, "--claims", "-"},
			{"issue", "ada", "--key-file", good, "--passphrase-file", small},
			{"inspect", "-"},
			{"inspect", "--json", "-"},
			{"verify", "--env-file", good, "-"},
			{"verify", "--json", "--env-file", good, "-"},
			{"watch", "-"},
			{"batch", small, "--env-file", good},
			{"batch", "-", "--env-file", good},
			{"batch", small, "--env-file", good, "--input", "text"},
			{"batch", small, "--env-file", good, "--input", "csv"},
			{"batch", small, "--env-file", good, "--input", "jsonl"},
			{"probe", "http://127.0.0.1:1", "ada", "--env-file", good, "--header", "@" + small},
			{"inspect", content},
			{"verify", "--env-file", good, content},
		}
		for _, name := range auth.AlgorithmNames() {
			settings := write(name+".env", "ALGORITHM="+name+"\nKEY_FILE=small\n")
			runs = append(runs, []string{"issue", "ada", "--env-file", settings}, []string{"issue", "ada", "--alg", name, "--key-file", small})
		}
		for _, args := range runs {
			code, stderr := quietly(t, small, args)
			isAnswer := slices.Contains([]string{"doctor", "verify", "inspect"}, args[0]) // on standard output
			if code < 0 || code > 20 || code != 0 && !isAnswer && strings.TrimSpace(stderr) == "" {
				t.Errorf("%q with %q: exit code %d, %s", args, content, code, stderr)
			}
			if strings.Contains(stderr, "panic") || strings.Contains(stderr, "please report") || strings.Contains(stderr, "bad signature") {
				t.Errorf("%q with %q: %s", args, content, stderr)
			}
		}
	}
}

// quietly runs a command with the file as standard input, and returns its exit code and
// standard error.
func quietly(t *testing.T, stdin string, args []string) (int, string) {
	t.Helper()
	in, err := os.Open(stdin)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	reads, writes, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	var reading sync.WaitGroup
	reading.Go(func() { _, _ = io.Copy(&stderr, reads) })
	code := cli.Run(context.Background(), cli.Program{
		Args: args, Stdin: in, Stdout: null, Stderr: writes, Rand: seeded(),
		TTY: func() (*os.File, error) { return nil, os.ErrNotExist },
	})
	_ = writes.Close()
	reading.Wait()
	_ = reads.Close()
	return code, stderr.String()
}
