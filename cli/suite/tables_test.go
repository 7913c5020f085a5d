package suite_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"

	"tokendesk/auth"
)

// The other tables run with the commands of scripts/exports.sh, in the folder of the
// file. Against an API that verifies all tests pass, against one that accepts anything
// all but that of the good token fail, against one that refuses everything that one
// alone fails.
func TestOtherTablesRun(t *testing.T) {
	t.Parallel()
	for _, table := range []struct {
		form, file, command string
		passed, failed      *regexp.Regexp
	}{
		{"pytest", "test_faults.py", os.Getenv("RUN_PYTEST"), regexp.MustCompile(`(\d+) passed`), regexp.MustCompile(`(\d+) failed`)},
		{
			"jest", "faults.test.js", os.Getenv("RUN_JEST"), regexp.MustCompile(`Tests:.* (\d+) passed`), regexp.MustCompile(`Tests: +(\d+) failed`),
		},
		{
			"junit", "FaultsTest.java", os.Getenv("RUN_JUNIT"), regexp.MustCompile(`(\d+) tests successful`),
			regexp.MustCompile(`(\d+) tests failed`),
		},
	} {
		t.Run(table.form, func(t *testing.T) {
			t.Parallel()
			if table.command == "" {
				t.Skip("scripts/exports.sh runs it")
			}
			s, verifier := suiteAt(t, time.Now())
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, table.file), []byte(written(t, table.form, s)), 0o600); err != nil {
				t.Fatal(err)
			}
			for _, api := range []struct {
				what           string
				accepts        func(token string) bool
				passed, failed int
			}{
				{"verifies", func(token string) bool { return verifier.Verify(token).Verdict == auth.VerdictValid }, len(s.Faults) + 1, 0},
				{"takes anything", func(string) bool { return true }, 1, len(s.Faults)},
				{"refuses all", func(string) bool { return false }, len(s.Faults), 1},
			} {
				cmd := exec.CommandContext(t.Context(), "sh", "-c", table.command)
				cmd.Dir, cmd.Env = dir, append(os.Environ(), "API_URL="+server(t, api.accepts))
				out, err := cmd.CombinedOutput()
				passed, failed := count(table.passed, out), count(table.failed, out)
				if passed != api.passed || failed != api.failed || (err == nil) != (api.failed == 0) {
					t.Errorf("against an API that %s: %d passed, %d failed, want %d and %d, %v\n%s",
						api.what, passed, failed, api.passed, api.failed, err, out)
				}
				t.Logf("against an API that %s: %d passed, %d failed", api.what, passed, failed)
			}
		})
	}
}

// count returns the number in the last match, or 0.
func count(number *regexp.Regexp, out []byte) int {
	all := number.FindAllSubmatch(out, -1)
	if len(all) == 0 {
		return 0
	}
	n, _ := strconv.Atoi(string(all[len(all)-1][1]))
	return n
}
