package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"time"
)

// outcome says whether a mutant was killed.
type outcome string

const (
	killed   outcome = "killed"
	timedOut outcome = "out of time"
	survived outcome = "SURVIVED"
	broken   outcome = "does not compile"
)

// result is a mutant and its outcome.
type result struct {
	mutant
	outcome outcome
	took    time.Duration
	err     error // why it could not be tried
}

// trial runs the tests against mutants.
type trial struct {
	options
	temp       string
	dependents map[string][]string // by folder: the packages whose tests run after its own
}

// newTrial checks that the tests pass on the unchanged code. Unless a timeout is
// given, it allows a multiple of the time that they take.
func newTrial(ctx context.Context, o options) (*trial, error) {
	t := &trial{options: o}
	var err error
	if t.dependents, err = dependents(ctx, o.dir); err != nil {
		return nil, err
	}
	if t.temp, err = os.MkdirTemp("", "mutate"); err != nil {
		return nil, fmt.Errorf("a folder for changed files: %w", err)
	}
	began := time.Now()
	out, err := t.test(ctx, "", "./"+filepath.ToSlash(o.dir)+"/...")
	if t.timeout == 0 {
		t.timeout = max(20*time.Second, 5*time.Since(began)).Round(time.Second)
	}
	if err != nil {
		t.close()
		return nil, fmt.Errorf("the tests fail before anything is changed: %w\n%s", err, out)
	}
	return t, nil
}

func (t *trial) close() { _ = os.RemoveAll(t.temp) }

// all tries mutants in their order until enough of them have compiled, and returns
// their results.
func (t *trial) all(ctx context.Context, mutants []mutant, out io.Writer) ([]result, error) {
	need := len(mutants)
	if t.draw > 0 {
		need = t.draw
	}
	var results []result
	for need > 0 && len(mutants) > 0 {
		n := min(need, len(mutants))
		for _, r := range t.some(ctx, mutants[:n], out) {
			if r.err != nil {
				return nil, r.err
			}
			results = append(results, r)
			if r.outcome != broken {
				need--
			}
		}
		mutants = mutants[n:]
	}
	return results, nil
}

// some tries mutants, several at once, and returns the results in their order.
func (t *trial) some(ctx context.Context, mutants []mutant, out io.Writer) []result {
	results := make([]result, len(mutants))
	next := make(chan int)
	var workers sync.WaitGroup
	var printing sync.Mutex
	for range t.workers {
		workers.Go(func() {
			for i := range next {
				r := t.one(ctx, mutants[i])
				results[i] = r
				if r.err != nil {
					continue
				}
				printing.Lock()
				_, _ = fmt.Fprintf(out, "%-16s %5.1fs  %s\n", r.outcome, r.took.Seconds(), r.key)
				printing.Unlock()
			}
		})
	}
	for i := range mutants {
		next <- i
	}
	close(next)
	workers.Wait()
	return results
}

// one tries one mutant: the tests of its package, then those of the packages
// that depend on it.
func (t *trial) one(ctx context.Context, m mutant) result {
	began := time.Now()
	r := result{mutant: m}
	overlay, remove, err := t.overlay(m)
	if err != nil {
		r.err = err
		return r
	}
	defer remove()
	folder := filepath.ToSlash(filepath.Dir(m.file))
	r.outcome = judge(t.test(ctx, overlay, "./"+folder))
	if r.outcome == survived && !t.alone && len(t.dependents[folder]) > 0 {
		r.outcome = judge(t.test(ctx, overlay, t.dependents[folder]...))
	}
	r.took, r.err = time.Since(began), ctx.Err() // interrupted tests say nothing
	return r
}

// judge returns the outcome of a mutant from the output of its tests and how they
// ended.
func judge(out []byte, err error) outcome {
	switch {
	case err == nil:
		return survived
	case bytes.Contains(out, []byte("[build failed]")):
		return broken
	case bytes.Contains(out, []byte("panic: test timed out")):
		return timedOut
	}
	return killed
}

// overlay writes the changed file and an overlay file that makes it replace the one
// in the tree, and returns the name of the overlay file.
func (t *trial) overlay(m mutant) (name string, remove func(), err error) {
	dir, err := os.MkdirTemp(t.temp, "")
	if err != nil {
		return "", nil, fmt.Errorf("a folder for one change: %w", err)
	}
	original, err := filepath.Abs(m.file)
	changed := filepath.Join(dir, filepath.Base(m.file))
	name = filepath.Join(dir, "overlay.json")
	text, _ := json.Marshal(map[string]any{"Replace": map[string]string{original: changed}}) // strings always encode
	err = errors.Join(err, os.WriteFile(changed, m.changed(), 0o600), os.WriteFile(name, text, 0o600))
	return name, func() { _ = os.RemoveAll(dir) }, err
}

// test runs the tests of packages. A change may make a loop endless, so time and
// memory are limited; limiting the address space needs a shell.
func (t *trial) test(ctx context.Context, overlay string, packages ...string) ([]byte, error) {
	args := []string{"go", "test", "-count=1", "-failfast", "-vet=off", "-timeout", cmp.Or(t.timeout, 10*time.Minute).String()}
	if overlay != "" {
		args = append(args, "-overlay", overlay)
	}
	args = append(args, packages...)
	if shell, err := exec.LookPath("sh"); err == nil {
		args = append([]string{shell, "-c", `ulimit -v 6000000; exec "$@"`, "sh"}, args...)
	}
	cmd := exec.CommandContext(ctx, args[0], args[1:]...) //nolint:gosec // go and sh
	cmd.Env = append(os.Environ(), "GOFLAGS=", "GOPROXY=off")
	return cmd.CombinedOutput() //nolint:wrapcheck // a test that failed
}

// dependents returns for each folder below dir the other packages below dir that
// depend on it, tests included.
func dependents(ctx context.Context, dir string) (map[string][]string, error) {
	type pkg struct {
		Dir, ImportPath                 string
		Deps, TestImports, XTestImports []string
	}
	out, err := exec.CommandContext(ctx, "go", "list", "-json=Dir,ImportPath,Deps,TestImports,XTestImports", //nolint:gosec // a folder
		"./"+filepath.ToSlash(dir)+"/...").Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	var all []pkg
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, fmt.Errorf("what go list wrote: %w", err)
		}
		all = append(all, p)
	}
	deps := map[string][]string{}
	for _, p := range all {
		deps[p.ImportPath] = p.Deps
	}
	root, err := filepath.Abs(".")
	if err != nil {
		return nil, fmt.Errorf("this folder: %w", err)
	}
	byFolder := map[string][]string{}
	for _, p := range all {
		folder, err := filepath.Rel(root, p.Dir)
		if err != nil {
			return nil, fmt.Errorf("the folder of %s: %w", p.ImportPath, err)
		}
		for _, other := range all {
			imports := slices.Concat(other.Deps, other.TestImports, other.XTestImports)
			uses := slices.ContainsFunc(imports, func(path string) bool {
				return path == p.ImportPath || slices.Contains(deps[path], p.ImportPath)
			})
			if other.ImportPath != p.ImportPath && uses {
				byFolder[filepath.ToSlash(folder)] = append(byFolder[filepath.ToSlash(folder)], other.ImportPath)
			}
		}
	}
	return byFolder, nil
}
