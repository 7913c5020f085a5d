// Tokendesk is a terminal console for JSON Web Tokens.
package main

import (
	"context"
	_ "embed"
	"os"

	"tokendesk/cli"
)

// envTemplate is the .env.template from which the first run creates a .env.
//
//go:embed .env.template
var envTemplate string

func main() {
	os.Exit(cli.Run(context.Background(), cli.Program{
		Args:     os.Args[1:],
		Template: envTemplate,
		Stdin:    os.Stdin,
		Stdout:   os.Stdout,
		Stderr:   os.Stderr,
	}))
}
