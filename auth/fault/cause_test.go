package fault_test

import (
	"strings"
	"testing"

	"tokendesk/auth/fault"
)

// What a developer reads about a hole is complete for each fault.
func TestCause(t *testing.T) {
	t.Parallel()
	general := fault.Fault{}.Cause()
	specific := 0
	for _, f := range fault.Catalogue() {
		if f.Cause() != general {
			specific++
		}
		if f.Cause() == "" || f.Fix == "" || f.Severity() == "" || strings.HasSuffix(f.Cause(), ".") {
			t.Errorf("%s: cause %q, fix %q, severity %q", f.Name, f.Cause(), f.Fix, f.Severity())
		}
	}
	if specific < 100 {
		t.Errorf("only %d faults have a cause of their own", specific)
	}
}
