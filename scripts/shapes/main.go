// Shapes checks that vendors' own verifiers accept the tokens of the shapes, with our keys
// in the place of the vendors':
//
//	go run ./scripts/shapes [-v] [-kubernetes] [SHAPE...]
//
// For each proof, issue makes a token of the shape and several that are wrong in one
// way: signed with another key, expired, for somebody else. The verifier has to accept the
// first and refuse the others. What it fetches from the vendor's host comes from a
// server on 127.0.0.1; it can open no connection to any other address.
//
// The npm packages of package-lock.json are installed into a temporary folder, and the
// programs below golang and kubernetes are modules of their own, so that their packages
// are none of ours. Kubernetes takes minutes to build the first time and is only checked
// with -kubernetes. What cannot be installed is not run. The exit code is 1 if a check
// failed; with -v each refusal is printed with its reason.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
)

func main() {
	verbose := flag.Bool("v", false, "print why each wrong token is refused")
	kubernetes := flag.Bool("kubernetes", false, "check with the code of Kubernetes too")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	chosen, err := choose(flag.Args(), *kubernetes)
	failed := 0
	if err == nil {
		failed, err = checkAll(ctx, chosen, *verbose)
	}
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	if err != nil || failed > 0 {
		os.Exit(1)
	}
}

// choose returns the proofs of the named shapes, or all.
func choose(names []string, kubernetes bool) ([]proof, error) {
	for _, name := range names {
		if !slices.ContainsFunc(proofs, func(p proof) bool { return p.shape == name }) {
			return nil, fmt.Errorf("no proof of a shape %q", name)
		}
	}
	return slices.DeleteFunc(slices.Clone(proofs), func(p proof) bool {
		return p.verifier == "kubernetes" && !kubernetes || len(names) > 0 && !slices.Contains(names, p.shape)
	}), nil
}

// checkAll prints the table of the proofs and returns how many failed.
func checkAll(ctx context.Context, chosen []proof, verbose bool) (failed int, err error) {
	bench, err := newBench(ctx)
	if err != nil {
		return 0, err
	}
	defer bench.close()

	passed, skipped := 0, 0
	fmt.Println("| shape | verifier | refuses | result |")
	fmt.Println("|---|---|---|---|")
	for _, p := range chosen {
		result := "ok"
		reasons, err := bench.check(ctx, p)
		switch {
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
		row := []string{p.shape, bench.version(p), p.refused(), result}
		fmt.Println("| " + strings.ReplaceAll(strings.Join(row, " | "), "\n", " ") + " |")
		for _, reason := range reasons {
			if verbose {
				fmt.Println("    " + reason)
			}
		}
	}
	fmt.Printf("\n%d passed, %d failed, %d skipped\n", passed, failed, skipped)
	return failed, nil
}
