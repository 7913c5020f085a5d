package plain

import (
	"context"
	"slices"
	"strings"

	"tokendesk/internal/copyas"
	"tokendesk/internal/oneof"
)

// command is one thing that a line starting with a slash can do.
type command struct {
	name, short string // the short name may be empty
	token       bool   // it needs a current token
	argument    string // an example, for the help
	help        string // empty for a command that the help does not list
	now         func(*console) string
	do          func(*console, context.Context, string) error
}

// commands returns the commands, in the order of the help.
func commands() []command {
	forms := oneof.Or(oneof.Names(copyas.Forms()))
	return []command{
		{name: "read", argument: "TEXT", help: "read a text that does not look like a token.", do: (*console).read},
		{
			name: "lifetime", argument: "1h30m", help: "set the lifetime of the next tokens.",
			now: func(c *console) string { return c.lifetime }, do: saying((*console).setLifetime),
		},
		{
			name: "claims", argument: `{"role":"admin"}`,
			help: "set the claims of the next tokens, as JSON. /claims alone removes them.", do: saying((*console).setClaims),
		},
		{name: "again", token: true, help: "issue the last token again.", do: (*console).again},
		{name: "status", token: true, help: "say how much time the last token has left.", do: saying((*console).status)},
		{name: "copy", token: true, argument: "FORM", help: "print the last token as " + forms + ".", do: saying((*console).copy)},
		{name: "write", token: true, argument: "FILE", help: "write the last token to a new file.", do: saying((*console).write)},
		{name: "watch", token: true, help: "add the last token that you read to the board.", do: saying((*console).watch)},
		{name: "board", help: "list the tokens on the board.", do: saying((*console).list)},
		{name: "persona", argument: "NAME", help: "issue a token for a persona. /persona alone lists them.", do: (*console).persona},
		{name: "profile", argument: "NAME", help: "change to another profile. /profile alone lists them.", do: (*console).profile},
		{
			name: "secret", argument: "NAME", help: "sign with another secret of the settings file. /secret alone lists them.",
			do: (*console).secret,
		},
		{name: "quit", short: "q", help: "leave.", do: func(*console, context.Context, string) error { return errLeave }},
		{name: "help", short: "h", do: saying((*console).help)},
	}
}

// saying makes a command of a function that asks nothing and cannot end the console.
func saying(do func(*console, string)) func(*console, context.Context, string) error {
	return func(c *console, _ context.Context, argument string) error {
		do(c, argument)
		return nil
	}
}

// command runs the command in a line, which no longer has its slash.
func (c *console) command(ctx context.Context, line string) error {
	name, argument, _ := strings.Cut(line, " ")
	all := commands()
	i := slices.IndexFunc(all, func(each command) bool { return name != "" && (name == each.name || name == each.short) })
	switch {
	case i < 0:
		c.sayf("There is no command /%s. /help lists them.", name)
	case all[i].token && c.current == nil:
		c.sayf("There is no token yet.")
	default:
		return all[i].do(c, ctx, strings.TrimSpace(argument))
	}
	return nil
}

// help lists everything that a user can type.
func (c *console) help(string) {
	c.sayf("NAME: issue a token for that email address or user name.")
	c.sayf("TOKEN: read a token, bare or inside a header, a curl command, JSON or a cookie.")
	for _, each := range commands() {
		if each.help == "" {
			continue
		}
		line := strings.TrimSpace("/"+each.name+" "+each.argument) + ": " + each.help
		if each.now != nil {
			line += " Now " + each.now(c) + "."
		}
		c.sayf("%s", line)
	}
}
