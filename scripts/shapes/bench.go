package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// errNotInstalled is the error for a verifier whose packages cannot be had.
var errNotInstalled = errors.New("cannot be installed")

// bench is the temporary folder in which the verifiers run, and what they share.
type bench struct {
	source   string // this folder
	dir      string // the temporary one
	program  string // tokendesk
	env      []string
	standIn  *standIn
	npm      func() error                   // installs the npm packages, once
	compiled map[string]func() error        // builds the Go programs, once each
	keys     map[string]func() (key, error) // makes a key for an algorithm, once
}

// newBench makes the folder, builds tokendesk and starts the server.
func newBench(ctx context.Context) (*bench, error) {
	source, err := filepath.Abs("scripts/shapes")
	if err != nil {
		return nil, fmt.Errorf("this folder: %w", err)
	}
	dir, err := os.MkdirTemp("", "shapes")
	if err != nil {
		return nil, fmt.Errorf("a temporary folder: %w", err)
	}
	b := &bench{source: source, dir: dir, program: filepath.Join(dir, "tokendesk"), env: environment(dir)}
	if _, err := run(ctx, "", os.Environ(), "", "go", "build", "-o", b.program, "."); err != nil {
		b.close()
		return nil, err
	}
	if b.standIn, err = newStandIn(ctx); err != nil {
		b.close()
		return nil, err
	}
	b.env = append(b.env, "STAND_IN="+b.standIn.url)
	b.npm = sync.OnceValue(func() error { return b.installNPM(ctx) })
	b.compiled, b.keys = map[string]func() error{}, map[string]func() (key, error){}
	for _, p := range proofs {
		b.compiled[p.verifier] = sync.OnceValue(func() error { return b.compile(ctx, p.verifier) })
		b.keys[p.alg] = sync.OnceValues(func() (key, error) { return b.newKey(ctx, p.alg) })
	}
	return b, nil
}

func (b *bench) close() {
	if b.standIn != nil {
		b.standIn.close()
	}
	_ = os.RemoveAll(b.dir)
}

// environment is the part of ours in which no setting can be. The user's own
// configuration and state are left alone.
func environment(dir string) []string {
	env := slices.DeleteFunc(os.Environ(), func(variable string) bool {
		name, _, _ := strings.Cut(variable, "=")
		return !slices.Contains([]string{"PATH", "HOME", "TMPDIR", "LANG"}, name) && !strings.HasPrefix(name, "GO")
	})
	return append(env, "XDG_CONFIG_HOME="+dir, "XDG_STATE_HOME="+dir)
}

// limit is how long a program may take.
const limit = 5 * time.Minute

// run runs a program with a text on standard input and returns what it wrote. The error
// has the end of that.
func run(ctx context.Context, dir string, env []string, stdin, name string, args ...string) (stdout string, err error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	var out, log bytes.Buffer
	cmd.Dir, cmd.Env, cmd.WaitDelay = dir, env, time.Second
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(stdin), &out, &log
	if err = cmd.Run(); err != nil {
		text := strings.TrimSpace(out.String() + log.String())
		err = fmt.Errorf("%s %s: %w: %s", filepath.Base(name), strings.Join(args, " "), err, text[max(0, len(text)-500):])
	}
	return out.String(), err
}

// installNPM installs the npm packages.
func (b *bench) installNPM(ctx context.Context) error {
	for _, file := range []string{"package.json", "package-lock.json", "guard.cjs", "verify.mjs"} {
		text, err := os.ReadFile(filepath.Join(b.source, file))
		if err == nil {
			err = os.WriteFile(filepath.Join(b.dir, file), text, 0o600)
		}
		if err != nil {
			return fmt.Errorf("copying: %w", err)
		}
	}
	args := []string{"ci", "--omit=optional", "--ignore-scripts", "--loglevel", "error", "--no-fund", "--no-audit"}
	if _, err := run(ctx, b.dir, os.Environ(), "", "npm", args...); err != nil {
		return fmt.Errorf("npm packages %w: %w", errNotInstalled, err)
	}
	return nil
}

// isModule reports whether a verifier is a Go program in a folder of its own.
func (b *bench) isModule(verifier string) bool {
	_, err := os.Stat(filepath.Join(b.source, verifier, "go.mod"))
	return err == nil
}

// compile builds such a program.
func (b *bench) compile(ctx context.Context, verifier string) error {
	dir := filepath.Join(b.source, verifier)
	if _, err := run(ctx, dir, os.Environ(), "", "go", "mod", "download"); err != nil {
		return fmt.Errorf("modules %w: %w", errNotInstalled, err)
	}
	_, err := run(ctx, dir, os.Environ(), "", "go", "build", "-o", filepath.Join(b.dir, verifier), ".")
	return err
}

// version returns the package of a verifier with its version.
func (b *bench) version(p proof) string {
	switch p.verifier {
	case goOIDC:
		return b.required(p.verifier, "github.com/coreos/go-oidc/v3")
	case "kubernetes":
		return b.required(p.verifier, "k8s.io/kubernetes")
	}
	var manifest struct{ Dependencies map[string]string }
	if text, err := os.ReadFile(filepath.Join(b.source, "package.json")); err == nil {
		_ = json.Unmarshal(text, &manifest) // then without its version
	}
	return p.verifier + "@" + manifest.Dependencies[p.verifier]
}

// required returns a module with the version that a program's go.mod asks for.
func (b *bench) required(verifier, module string) string {
	text, _ := os.ReadFile(filepath.Join(b.source, verifier, "go.mod")) // then without its version
	for line := range strings.Lines(string(text)) {
		fields := strings.Fields(strings.TrimPrefix(strings.TrimSpace(line), "require "))
		if len(fields) >= 2 && fields[0] == module {
			return module + "@" + fields[1]
		}
	}
	return module
}
