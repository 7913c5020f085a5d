package settings_test

import (
	"errors"
	"fmt"
	"io/fs"
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

func ExampleCreate() {
	dir, err := os.MkdirTemp("", "example-")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, ".env")
	template := "# the secret that signs tokens\nSECRET_KEY=\n"
	_, err = settings.Create(path, template, "Jq3vX9tLw2ZpR7mNc5HbK8dGf4YsA6eU")
	fmt.Println("written:", err == nil)
	_, err = settings.Create(path, template, "another")
	fmt.Println("written over:", !errors.Is(err, fs.ErrExist))
	text, err := os.ReadFile(path)
	fmt.Println(string(text), err)
	// Output:
	// written: true
	// written over: false
	// # the secret that signs tokens
	// SECRET_KEY=Jq3vX9tLw2ZpR7mNc5HbK8dGf4YsA6eU
	//  <nil>
}
