package settings

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"

	"tokendesk/auth/advice"
	"tokendesk/auth/kind"
	"tokendesk/internal/ask"
	"tokendesk/internal/shell"
)

// The settings that name a program whose output is the secret, or a key as in a key file.
const (
	secretCommand = "SECRET_KEY_COMMAND"
	keyCommand    = "KEY_COMMAND"
)

// commandPatience is how long the program may take: the user may have to type a passphrase.
const commandPatience = time.Minute

// ErrNotRun says that the program whose output is the key has not been run.
var ErrNotRun = errors.New("the program that prints the key has not been run")

// Command is a program whose output is the key.
type Command struct {
	Name string // SECRET_KEY_COMMAND or KEY_COMMAND
	File string // the absolute path of the settings file that names it, or "environment"
	Line int
	Text string // the command line
	// Words are the program and its arguments, and Folder is where it runs: that of the
	// settings file.
	Words  []string
	Folder string
}

// FromEnvironment reports whether the environment names the program. The user wrote that,
// but a settings file may be a stranger's.
func (c *Command) FromEnvironment() bool { return c.File == environment }

// Place returns where the program is named: the file and the line.
func (c *Command) Place() string { return place(c.File, c.Line, 0) }

// ID identifies exactly this command line in exactly this file.
func (c *Command) ID() string {
	sum := sha256.Sum256([]byte(strings.Join([]string{c.File, c.Name, c.Text}, "\x00")))
	return hex.EncodeToString(sum[:])
}

// Run runs the program and returns its output. It sees no variable that holds a secret. If
// it runs apart, it has no terminal. The error is a *[Problem].
func (c *Command) Run(ctx context.Context, apart bool) ([]byte, error) {
	call := ask.Call{
		Words: c.Words, Folder: c.Folder, Environ: ask.Environment(os.Environ(), c.Words[0]), Apart: apart,
		Limit: maxKeyFile, Patience: commandPatience,
	}
	output, err := call.Output(ctx)
	if err != nil {
		return nil, &Problem{File: c.File, Line: c.Line, Name: c.Name, Text: c.Name + ": " + err.Error(), Do: advice.Of(err), cause: err}
	}
	return output, nil
}

// NotRun reports whether the only problem is that the program that prints the key has not
// been run.
func NotRun(err error) bool {
	problems, ok := errors.AsType[Problems](err)
	return ok && len(problems) == 1 && errors.Is(problems[0], ErrNotRun)
}

// commands reads the settings that name a program for the key.
type commands struct{ r *reader }

// given returns the one that is set.
func (c commands) given() setting {
	r := c.r
	if given := r.get(secretCommand); given.set {
		return given
	}
	return r.get(keyCommand)
}

// key makes the key from the output of a program, if a setting names one, and reports
// whether one does.
func (c commands) key() bool {
	r := c.r
	given := c.given()
	if !given.set {
		return false
	}
	for _, other := range []string{secretKey, keyFile, keyCommand} {
		if other != given.name && r.get(other).set {
			signing{r}.bothSet(given, other)
			return true
		}
	}
	command := c.parse(given)
	if command == nil || r.settings.Algorithm == "" {
		return true
	}
	r.settings.Command = command
	output, err := []byte(nil), ErrNotRun
	if r.output != nil {
		output, err = r.output(command)
	}
	if failed, ok := errors.AsType[*Problem](err); ok {
		failed.File = given.file
		r.problems = append(r.problems, failed)
		return true
	}
	if err != nil {
		r.problem(given, given.name+" names a program that has not been run", "")
		r.problems[len(r.problems)-1].cause = err
		return true
	}
	c.use(given, output)
	return true
}

// parse reads a command line. It returns nil after it has reported a problem.
func (c commands) parse(given setting) *Command {
	r := c.r
	raw := strings.Trim(given.raw, blanks)
	if strings.Contains(raw, "$") && !strings.HasPrefix(raw, "'") {
		r.problem(given, given.name+" has a $, which reads a variable of this file", "write the whole path, or put it in single quotes")
		return nil
	}
	home, _ := r.lookup("HOME")
	words, err := shell.Split(given.value, home)
	if err != nil {
		r.problem(given, given.name+": "+err.Error(), advice.Of(err))
		return nil
	}
	command := &Command{Name: given.name, File: given.file, Line: given.line, Text: given.value, Words: words}
	if path, err := filepath.Abs(r.file); err == nil {
		if target, err := filepath.EvalSymlinks(path); err == nil {
			path = target
		}
		command.Folder = filepath.Dir(path)
		if !command.FromEnvironment() {
			command.File = path
		}
	}
	return command
}

// use makes the key from what the program printed.
func (c commands) use(given setting, output []byte) {
	r := c.r
	s := r.settings
	if given.name == secretCommand || kind.Of(output).Kind == kind.Plain {
		output = trimLine(output)
	}
	if len(bytes.TrimSpace(output)) == 0 {
		r.problem(given, given.name+": the program printed nothing", "check its arguments")
		return
	}
	if given.name == keyCommand {
		keys, err := s.readKeys(output, true)
		if err != nil {
			r.problem(given, "the output of "+keyCommand+": "+err.Error(), s.keyAdvice(output, err))
			problem := r.problems[len(r.problems)-1]
			problem.cause, problem.Encrypted = err, names{r}.encrypted(err)
			return
		}
		s.use(keys, given.file)
		warnSet(s, "the output of "+keyCommand)
		s.warnWeak(Warning{File: given.file, Line: given.line, Name: given.name, Text: "the key"}, keys...)
		s.KeyName = given.name
		return
	}
	if is := kind.Of(output); is.HasKey() {
		r.problem(given, secretCommand+": the program printed "+is.String()+", not a secret", "set KEY_COMMAND instead")
		return
	}
	if bytes.ContainsRune(output, '\n') {
		r.problem(given, secretCommand+": the program printed several lines", "use a program that prints the secret alone")
		return
	}
	given.value, given.raw = string(output), ""
	secret, ok := signing{r}.decode(given)
	if !ok {
		return
	}
	if s.Key = (signing{r}).keyOf(given, secret); s.Key != nil {
		s.KeySource, s.KeyName = given.file, given.name
	}
}
