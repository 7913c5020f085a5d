package settings_test

import (
	"fmt"
	"os"
	"path/filepath"

	"tokendesk/settings"
)

func ExampleLoad() {
	dir, err := os.MkdirTemp("", "example-")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, ".env")
	text := "SECRET_KEY=Jq3vX9tLw2ZpR7mNc5HbK8dGf4YsA6eU\nACCESS_TOKEN_EXPIRE_MINUTES=45\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		fmt.Println(err)
		return
	}
	s, err := settings.Load(settings.Options{
		File:   path,
		Lookup: func(string) (string, bool) { return "", false }, // no environment
	})
	fmt.Println(s.Key.Algorithm(), s.Lifetime, err)
	// Output: HS256 45m0s <nil>
}
