package ledger

import "testing"

// The ID of a key is often its thumbprint, which has the length of a signature.
func TestGuardKeepsThumbprints(t *testing.T) {
	t.Parallel()
	row := full()
	row.KeyID = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs" // that of RFC 7638 section 3.1
	row.Withheld = ""
	kid := row.KeyID
	NewGuard(nil).Clean(&row)
	if row.KeyID != kid || row.Withheld != "" || row.Payload == nil {
		t.Errorf("kept the kid %q, withheld %q", row.KeyID, row.Withheld)
	}
	row.Label = kid
	if NewGuard(nil).Clean(&row); row.Label != notKept {
		t.Errorf("kept the label %q, which may be a signature", row.Label)
	}
}
