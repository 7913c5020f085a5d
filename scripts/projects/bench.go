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

// errNotInstalled is the error for a project whose packages cannot be had.
var errNotInstalled = errors.New("cannot be installed")

// bench is the temporary folder in which the projects run, and what they share.
type bench struct {
	source  string       // this folder
	dir     string       // the temporary one
	program string       // tokendesk
	env     []string     // of every process but the installers
	npm     func() error // installs the npm packages, once
}

// newBench makes the folder and builds tokendesk.
func newBench(ctx context.Context) (*bench, error) {
	source, err := filepath.Abs("scripts/projects")
	if err != nil {
		return nil, fmt.Errorf("this folder: %w", err)
	}
	dir, err := os.MkdirTemp("", "projects")
	if err != nil {
		return nil, fmt.Errorf("a temporary folder: %w", err)
	}
	b := &bench{source: source, dir: dir, program: filepath.Join(dir, "tokendesk"), env: environment(dir)}
	if _, _, err := run(ctx, "", os.Environ(), "", "go", "build", "-o", b.program, "."); err != nil {
		b.close()
		return nil, err
	}
	b.npm = sync.OnceValue(func() error { return b.installNPM(ctx) })
	return b, nil
}

func (b *bench) close() { _ = os.RemoveAll(b.dir) }

// environment is the part of ours in which no setting of a project can be: a variable
// such as SECRET_KEY would override the settings files. The user's own configuration and
// state are left alone.
func environment(dir string) []string {
	env := slices.DeleteFunc(os.Environ(), func(variable string) bool {
		name, _, _ := strings.Cut(variable, "=")
		return !slices.Contains([]string{"PATH", "HOME", "TMPDIR", "LANG"}, name) && !strings.HasPrefix(name, "GO")
	})
	return append(env, "XDG_CONFIG_HOME="+dir, "XDG_STATE_HOME="+dir)
}

// limit is how long a program may take that is not a service.
const limit = 3 * time.Minute

// run runs a program with a text on standard input and returns what it wrote. The error
// has the end of that.
func run(ctx context.Context, dir string, env []string, stdin, name string, args ...string) (stdout, stderr string, err error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	var out, log bytes.Buffer
	cmd.Dir, cmd.Env, cmd.WaitDelay = dir, env, time.Second
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(stdin), &out, &log
	if err = cmd.Run(); err != nil {
		err = fmt.Errorf("%s %s: %w: %s", filepath.Base(name), strings.Join(args, " "), err, end(out.String()+log.String()))
	}
	return out.String(), log.String(), err
}

// end returns the last lines of what a program wrote.
func end(text string) string {
	text = strings.TrimSpace(text)
	return text[max(0, len(text)-500):]
}

// install makes the packages of the project available.
func (b *bench) install(ctx context.Context, p project) error {
	if p.npm != nil {
		if err := b.npm(); err != nil {
			return fmt.Errorf("npm packages %w: %w", errNotInstalled, err)
		}
	}
	missing := slices.DeleteFunc(slices.Clone(p.debian), func(name string) bool { return debianVersion(ctx, name) != "" })
	if len(missing) == 0 {
		return nil
	}
	env := append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
	apt := append([]string{"install", "-y", "--no-install-recommends"}, missing...)
	_, _, err := run(ctx, "", env, "", "apt-get", apt...)
	if err != nil { // the lists of packages may be missing or old
		_, _, _ = run(ctx, "", env, "", "apt-get", "update")
		_, _, err = run(ctx, "", env, "", "apt-get", apt...)
	}
	if err != nil {
		return fmt.Errorf("%s %w: %w", strings.Join(missing, ", "), errNotInstalled, err)
	}
	return nil
}

// installNPM installs the npm packages of all projects.
func (b *bench) installNPM(ctx context.Context) error {
	for _, file := range []string{"package.json", "package-lock.json"} {
		if err := copyFile(filepath.Join(b.source, file), filepath.Join(b.dir, file)); err != nil {
			return err
		}
	}
	_, _, err := run(ctx, b.dir, os.Environ(), "", "npm", "ci", "--loglevel", "error", "--no-fund", "--no-audit", "--ignore-scripts")
	return err
}

// debianVersion returns the version of an installed package, or "".
func debianVersion(ctx context.Context, name string) string {
	status, _, err := run(ctx, "", os.Environ(), "", "dpkg-query", "-W", "-f", "${db:Status-Status} ${Version}", name)
	version, installed := strings.CutPrefix(status, "installed ")
	if err != nil || !installed {
		return ""
	}
	return version
}

// versions lists the packages of a project with the versions that are installed.
func (b *bench) versions(ctx context.Context, p project) string {
	all := make([]string, 0, len(p.debian)+len(p.npm))
	for _, name := range p.debian {
		all = append(all, strings.TrimSpace(name+" "+debianVersion(ctx, name)))
	}
	for _, name := range p.npm {
		var manifest struct{ Version string }
		if text, err := os.ReadFile(filepath.Join(b.dir, "node_modules", name, "package.json")); err == nil {
			_ = json.Unmarshal(text, &manifest) // then without its version
		}
		all = append(all, strings.TrimSpace(name+" "+manifest.Version))
	}
	return strings.Join(all, ", ")
}

func copyFile(from, to string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return fmt.Errorf("copying: %w", err)
	}
	if err := os.WriteFile(to, text, 0o600); err != nil {
		return fmt.Errorf("copying: %w", err)
	}
	return nil
}
