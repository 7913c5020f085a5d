package ask

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"tokendesk/auth/advice"
)

// Call is a program that is run for its output. No shell runs it, and it gets no input.
type Call struct {
	Words   []string // the program and its arguments
	Folder  string
	Environ []string
	// Apart runs it without the terminal, on which it would draw over the console.
	Apart bool
	// Limit is the greatest number of bytes of the output, and Patience how long the program
	// may take.
	Limit    int
	Patience time.Duration
}

// Output runs the program and returns what it writes to standard output. The error, which
// may have advice, says why there is none and ends with what the program said about it on
// standard error, which may hold any character.
func (c *Call) Output(ctx context.Context) ([]byte, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, c.Patience, errPatience)
	defer cancel()
	cmd := exec.CommandContext(ctx, c.Words[0], c.Words[1:]...) //nolint:gosec // the user has said yes to it
	cmd.Dir, cmd.Env = c.Folder, c.Environ
	cmd.WaitDelay = 100 * time.Millisecond // for programs that it started
	if c.Apart {
		apart(cmd)
	}
	output, said := &capped{limit: c.Limit, full: cancel}, &tail{limit: 4 << 10}
	cmd.Stdout, cmd.Stderr = output, said
	err := cmd.Run()
	if errors.Is(err, exec.ErrWaitDelay) { // it has ended well, and what it started goes on
		err = nil
	}
	switch exited, isExit := errors.AsType[*exec.ExitError](err); {
	case output.overflowed:
		return nil, fmt.Errorf("it printed more than %d KiB", c.Limit>>10)
	case err == nil:
		return output.text, nil
	case errors.Is(context.Cause(ctx), errPatience):
		return nil, errors.New("it did not end within " + c.Patience.String())
	case ctx.Err() != nil:
		return nil, ctx.Err() //nolint:wrapcheck // it is the caller's context
	case errors.Is(err, exec.ErrDot):
		return nil, advice.New("the program "+c.Words[0]+" was found only in the current folder", "write its path")
	case errors.Is(err, exec.ErrNotFound), errors.Is(err, fs.ErrNotExist):
		return nil, advice.New("there is no program "+c.Words[0], "install it, or write its whole path")
	case errors.Is(err, fs.ErrPermission):
		return nil, advice.New("the program "+c.Words[0]+" cannot be run", "check its permissions")
	case isExit && exited.Exited():
		return nil, said.explain(fmt.Sprintf("it failed with exit code %d", exited.ExitCode()))
	default:
		return nil, said.explain("it failed")
	}
}

var errPatience = errors.New("the program takes too long")

// capped keeps what is written up to a limit. Beyond that it calls full.
type capped struct {
	text       []byte
	limit      int
	full       func()
	overflowed bool
}

func (c *capped) Write(p []byte) (int, error) {
	if len(c.text)+len(p) > c.limit {
		c.overflowed = true
		c.full()
		return 0, errors.New("too much")
	}
	c.text = append(c.text, p...)
	return len(p), nil
}

// tail keeps the end of what is written.
type tail struct {
	text  []byte
	limit int
}

func (t *tail) Write(p []byte) (int, error) {
	t.text = append(t.text, p...)
	t.text = t.text[max(0, len(t.text)-t.limit):]
	return len(p), nil
}

// explain adds the first line with the word error to what went wrong, else the last line:
// age says after the error how to report it, and Python before it where it was.
func (t *tail) explain(text string) error {
	lines := strings.FieldsFunc(strings.ToValidUTF8(string(t.text), "\ufffd"), func(r rune) bool { return r == '\n' || r == '\r' })
	lines = slices.DeleteFunc(lines, func(line string) bool { return strings.TrimSpace(line) == "" })
	if len(lines) == 0 {
		return errors.New(text)
	}
	n := slices.IndexFunc(lines, func(line string) bool { return strings.Contains(strings.ToLower(line), "error") })
	if n < 0 {
		n = len(lines) - 1
	}
	line := strings.TrimSpace(lines[n])
	for n := 300; len(line) > n; n-- {
		if utf8.RuneStart(line[n]) {
			line = line[:n] + "…"
			break
		}
	}
	return errors.New(text + ": " + line)
}

// marks are in the names of variables that hold a secret.
var marks = []string{
	"SECRET", "TOKEN", "PASSWORD", "PASSWD", "PASSPHRASE", "PRIVATE_KEY", "API_KEY", "APIKEY", "ACCESS_KEY", "SIGNING_KEY",
	"CREDENTIAL", "_PASS", "AUTH", "COOKIE", "SESSION_KEY", "DATABASE_URL", "_DSN",
}

// own has the start of the variables that a keeper of secrets itself needs, some of which
// hold its own secret.
var own = map[string][]string{
	"pass": {"PASSWORD_STORE_"}, "gopass": {"PASSWORD_STORE_", "GOPASS_"}, "passage": {"PASSAGE_"},
	"op": {"OP_"}, "vault": {"VAULT_"}, "bao": {"BAO_", "VAULT_"}, "bw": {"BW_"}, "sops": {"SOPS_"}, "doppler": {"DOPPLER_"},
	"aws": {"AWS_"}, "gcloud": {"CLOUDSDK_", "GOOGLE_"}, "az": {"AZURE_"}, "infisical": {"INFISICAL_"},
}

// always are variables that look like secrets and are none.
var always = []string{"SSH_AUTH_SOCK", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS", "XDG_SESSION_ID", "SSH_AGENT_PID"}

// Environment returns the variables that a program may see: those of the environment
// without the ones that by their name hold a secret, except for its own.
func Environment(environ []string, program string) []string {
	needs := own[strings.TrimSuffix(filepath.Base(program), ".exe")]
	return slices.DeleteFunc(slices.Clone(environ), func(variable string) bool {
		name, _, _ := strings.Cut(variable, "=")
		upper := strings.ToUpper(name)
		isOwn := slices.ContainsFunc(needs, func(start string) bool { return strings.HasPrefix(upper, start) })
		isSecret := slices.ContainsFunc(marks, func(mark string) bool { return strings.Contains(upper, mark) })
		isSecret = isSecret || strings.HasSuffix(upper, "_KEY")
		return isSecret && !isOwn && !slices.Contains(always, upper)
	})
}
