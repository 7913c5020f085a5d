// Mutate checks the tests of a package and of those below it: it makes one small
// change to the code at a time and runs the tests, which should fail.
//
//	go run ./internal/mutate -list                  # list every change it can make
//	go run ./internal/mutate -draw 200 -seed 10     # try a sample
//	go run ./internal/mutate -only 'names\.add'     # try those whose key matches
//
// It makes changes of five kinds to all code except tests:
//
//   - negate: the condition of an if, a for or a case, or one side of && or ||, is
//     negated;
//   - bound: < becomes <=, > becomes >= or the other way round; a number that a value
//     is compared with, or that slices or indexes one, grows and shrinks by one;
//   - drop: an assignment, a call, a return, a break or a continue is left out;
//   - constant: a number grows by one, a text becomes empty, an empty text becomes
//     "mutated", true becomes false;
//   - swallow: a condition that checks for an error finds none, or a function returns
//     nil instead of its error.
//
// The key of a change is made of the file, the function, the kind and the code, so
// that it stays the same when lines move. A draw orders the changes by a hash of the
// seed and the key: most of a draw stays the same when some of the code changes.
//
// The source tree is never written: go test reads the changed file through -overlay.
// The tests of the changed package run first, then those of the packages in the same
// tree that depend on it. A change that does not compile is replaced by the next one.
// equivalent.txt lists the changes that no test can detect, with the reason; they
// count as survivors.
package main

import (
	"context"
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
	"strings"
	"time"
)

//go:embed equivalent.txt
var equivalents string

// options are the flags.
type options struct {
	dir     string
	draw    int
	seed    uint64
	only    *regexp.Regexp
	list    bool
	alone   bool
	workers int
	timeout time.Duration
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	o, err := parseOptions(args)
	if err != nil {
		return err
	}
	why, err := parseEquivalents(equivalents)
	if err != nil {
		return err
	}
	mutants, err := findAll(o.dir)
	if err != nil {
		return err
	}
	mutants = matching(mutants, o.only)
	if o.draw > 0 {
		mutants = ranked(mutants, o.seed)
	}
	if o.list {
		if o.draw > 0 {
			mutants = mutants[:min(o.draw, len(mutants))]
		}
		for _, m := range mutants {
			_, _ = fmt.Fprintf(out, "%s\t%s:%d\n", m.key, m.file, m.line)
		}
		return nil
	}
	t, err := newTrial(ctx, o)
	if err != nil {
		return err
	}
	defer t.close()
	results, err := t.all(ctx, mutants, out)
	if err != nil {
		return err
	}
	report(out, results, why)
	return nil
}

func parseOptions(args []string) (options, error) {
	var o options
	var only string
	flags := flag.NewFlagSet("mutate", flag.ContinueOnError)
	flags.StringVar(&o.dir, "dir", "auth", "the `folder` whose packages are changed")
	flags.IntVar(&o.draw, "draw", 0, "try this many changes that compile; 0 is all of them")
	flags.Uint64Var(&o.seed, "seed", 1, "the seed of a draw")
	flags.StringVar(&only, "only", "", "try the changes whose key matches this regular `expression`")
	flags.BoolVar(&o.list, "list", false, "list the changes and try none")
	flags.BoolVar(&o.alone, "alone", false, "run only the tests of the package that is changed")
	flags.IntVar(&o.workers, "workers", 1, "how many changes to try at once")
	flags.DurationVar(&o.timeout, "timeout", 0, "how long the tests of a package may take; 0 is five times as long as without a change")
	if err := flags.Parse(args); err != nil {
		return options{}, fmt.Errorf("the flags: %w", err)
	}
	if flags.NArg() > 0 || o.workers < 1 || o.draw < 0 {
		return options{}, errors.New("there must be no arguments, at least one worker and no negative draw")
	}
	var err error
	if o.only, err = regexp.Compile(only); err != nil {
		return options{}, fmt.Errorf("-only: %w", err)
	}
	return o, nil
}

func matching(mutants []mutant, only *regexp.Regexp) []mutant {
	var out []mutant
	for _, m := range mutants {
		if only.MatchString(m.key) {
			out = append(out, m)
		}
	}
	return out
}

// parseEquivalents reads the keys of the changes that no test can detect: each key is
// on a line of its own, with the reason indented below it.
func parseEquivalents(text string) (map[string]string, error) {
	why := map[string]string{}
	key := ""
	for i, line := range strings.Split(text, "\n") {
		reason, indented := strings.CutPrefix(line, "\t")
		switch {
		case strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#"):
		case !indented:
			key = line
			why[key] = ""
		case key == "":
			return nil, fmt.Errorf("equivalent.txt:%d: a reason without a key", i+1)
		default:
			why[key] = strings.TrimSpace(why[key] + " " + reason)
		}
	}
	for key, reason := range why {
		if reason == "" {
			return nil, fmt.Errorf("equivalent.txt: no reason for %s", key)
		}
	}
	return why, nil
}

// report writes the numbers and the survivors.
func report(out io.Writer, results []result, why map[string]string) {
	count := map[outcome]int{}
	for _, r := range results {
		count[r.outcome]++
	}
	dead := count[killed] + count[timedOut]
	_, _ = fmt.Fprintf(out, "\n%d tried: %d killed, %d of them by a timeout, and %d survived; %d did not compile\n",
		dead+count[survived], dead, count[timedOut], count[survived], count[broken])
	for _, r := range results {
		if r.outcome != survived {
			continue
		}
		_, _ = fmt.Fprintf(out, "\n%s\n%s:%d\n%s\n", r.key, r.file, r.line, r.diff())
		if reason, ok := why[r.key]; ok {
			_, _ = fmt.Fprintf(out, "equivalent: %s\n", reason)
		}
	}
}
