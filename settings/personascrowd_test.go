package settings

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// Many edits at the same moment are all made.
func TestEditPersonasCrowd(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "personas.yaml")
	if err := os.WriteFile(path, []byte("a:\n  subject: a@shop.example\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	const edits = 60
	var all sync.WaitGroup
	for n := range edits {
		all.Go(func() {
			own := Own{Name: fmt.Sprintf("p%03d", n), Subject: "p@shop.example"}
			err := EditPersonas(path, func(f *PersonasFile) error {
				_, err := f.Add(own)
				return err
			})
			if err != nil {
				t.Errorf("%s: %v", own.Name, err)
			}
		})
	}
	all.Wait()
	text, err := os.ReadFile(path)
	if got := strings.Count(string(text), "subject: p@"); err != nil || got != edits {
		t.Errorf("%d of %d personas are in the file, %v", got, edits, err)
	}
}
