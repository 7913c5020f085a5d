// Projects checks against services of other frameworks that issue, started in the folder
// of a project, makes a token that the project's API accepts:
//
//	go run ./scripts/projects [FOLDER...]
//
// Each folder below this one is a small project: the code that its framework's
// documentation shows, a .env.example with the names that are usual there, and a Procfile
// whose release line prepares it and whose web line starts it. The program copies each to
// a temporary folder, starts it on a free port of 127.0.0.1, and checks that
//
//   - the service accepts the token that issue makes, with the right lifetime,
//   - it rejects the same token when another key signed it,
//   - verify accepts the token that the service itself issues,
//   - where several secrets could be meant, issue asks, and both ways to answer work.
//
// It installs missing Debian packages with apt-get, and the npm packages of
// package-lock.json into the temporary folder. A project whose packages cannot be
// installed is not run. The exit code is 1 if a check failed.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	failed, err := checkAll(ctx, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	if err != nil || failed > 0 {
		os.Exit(1)
	}
}

// checkAll checks the named projects, or all, prints the table and returns how many failed.
func checkAll(ctx context.Context, folders []string) (failed int, err error) {
	chosen, err := choose(folders)
	if err != nil {
		return 0, err
	}
	bench, err := newBench(ctx)
	if err != nil {
		return 0, err
	}
	defer bench.close()

	passed, skipped := 0, 0
	fmt.Println("| project | with | what signs | result |")
	fmt.Println("|---|---|---|---|")
	for _, p := range chosen {
		result := "ok"
		switch err := bench.check(ctx, p); {
		case ctx.Err() != nil:
			return failed, fmt.Errorf("stopped: %w", context.Cause(ctx))
		case errors.Is(err, errNotInstalled):
			result = "not run: " + err.Error()
			skipped++
		case err != nil:
			result = "FAILED: " + err.Error()
			failed++
		default:
			passed++
		}
		row := []string{p.name, bench.versions(ctx, p), p.signs(), result}
		fmt.Println("| " + strings.ReplaceAll(strings.Join(row, " | "), "\n", " ") + " |")
	}
	fmt.Printf("\n%d passed, %d failed, %d skipped\n", passed, failed, skipped)
	return failed, nil
}

// choose returns the projects in the named folders, or all.
func choose(folders []string) ([]project, error) {
	if len(folders) == 0 {
		return projects, nil
	}
	var chosen []project
	for _, folder := range folders {
		at := slices.IndexFunc(projects, func(p project) bool { return p.folder == filepath.Clean(folder) })
		if at < 0 {
			return nil, fmt.Errorf("no project %q", folder)
		}
		chosen = append(chosen, projects[at])
	}
	return chosen, nil
}
