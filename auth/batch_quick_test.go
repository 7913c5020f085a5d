package auth

import (
	"testing"

	"tokendesk/auth/jsontext"
)

// A batch must make a token without allocating. The test does not run in parallel, as the
// allocations of other tests would count.
func TestBatchAllocatesNothing(t *testing.T) { //nolint:paralleltest // see above
	issuer := testIssuer(t)
	issuer.Rand = endless{}
	batch, err := NewBatch(issuer, Request{Claims: Object{jsontext.Text("team", "red")}})
	if err != nil {
		t.Fatal(err)
	}
	dst := make([]byte, 0, 4096)
	claims := Object{jsontext.Text("role", "admin"), {Name: "level", Value: []byte("7")}}
	allocations := testing.AllocsPerRun(100, func() {
		if _, _, err := batch.Append(dst, Request{Subject: "ada@example.com", Claims: claims}); err != nil {
			t.Fatal(err)
		}
	})
	if allocations > 0 {
		t.Errorf("%v allocations for a token", allocations)
	}
}
