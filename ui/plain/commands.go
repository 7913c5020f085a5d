package plain

import (
	"context"
	"slices"
	"strings"

	"tokendesk/desk"
	"tokendesk/explain"
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
	do          func(context.Context, *console, string) error
}

// commands returns the commands, in the order of the help.
func commands() []command {
	return slices.Concat(tokenCommands(), formCommands(), boardCommands(), faultCommands(), settingCommands(), []command{
		{
			name: "help", short: "h", argument: "WORD", help: "say what there is, or only what has that word.",
			do: saying(sayHelp),
		},
		{
			name: "quit", short: "q", help: "leave. The ledger keeps what you issued, but no signature.",
			do: func(context.Context, *console, string) error { return errLeave },
		},
	})
}

// tokenCommands are about the current token and the others of this run.
func tokenCommands() []command {
	forms := oneof.Or(oneof.Names(copyas.Forms()))
	return []command{
		{name: "issue", argument: "NAME", help: "issue a token for a name that looks like a command.", do: issueNamed},
		{name: "read", argument: "TEXT", help: "read a text that does not look like a token.", do: readText},
		{name: "again", token: true, help: "issue the current token again.", do: issueAgain},
		{
			name: "token", argument: "NUMBER", help: "show the token with that number and make it the current one. /token alone lists them.",
			do: saying(showToken),
		},
		{name: "status", token: true, help: "say how much time the current token has left.", do: saying(sayStatus)},
		{
			name: "copy", token: true, argument: "FORM", help: "print the current token as " + forms + ". /copy alone prints the token.",
			do: saying(copyToken),
		},
		{
			name: "write", token: true, argument: "FILE FORM", help: "write the current token to a new file, in that form or as it is.",
			do: saying(writeToken),
		},
		{
			name: "edit", token: true, argument: "role=admin",
			help: "sign the current token again with that claim; age:=5 is JSON, -role leaves one out, header.typ=JWT is in the header, " +
				"{…} is all of it. /edit alone prints it as JSON.",
			do: editToken,
		},
		{
			name: "compare", token: true, argument: "NUMBER", help: "compare the current token with the one with that number.",
			do: saying(compareTokens),
		},
		{name: "check", token: true, help: "check iss and aud of the current token, or no longer.", do: saying(checkClaims)},
		{
			name: "key", token: true, argument: "FILE",
			help: "verify with another key for this run: from a file or an https URL. /key alone asks for it and does not show it.",
			do:   addKey,
		},
	}
}

// formCommands are about the tokens that will be issued.
func formCommands() []command {
	return []command{
		{
			name: "lifetime", argument: "1h30m", help: "set the lifetime of the next tokens.",
			now: func(c *console) string { return c.form.Lifetime }, do: saying(setLifetime),
		},
		{
			name: "claims", argument: `{"role":"admin"}`,
			help: "set the claims of the next tokens, as JSON. role=admin or age:=5 adds one, -role leaves one out. /claims alone removes them.",
			now:  ownClaims, do: saying(setClaims),
		},
		{
			name: "header", argument: "typ=at+jwt", help: "add a header parameter to the next tokens. /header alone removes them.",
			now: ownHeader, do: saying(setHeader),
		},
		{
			name: "shape", argument: "keycloak-access",
			help: "give the next tokens a vendor's header and claims. /shape none ends that, /shape alone lists the shapes.",
			now:  shapeNow, do: saying(setShape),
		},
		{name: "preview", argument: "NAME", help: "say what the next token would have, without issuing it.", do: saying(sayPreview)},
		{
			name: "persona", argument: "NAME",
			help: "issue a token for a persona. /persona alone lists them. In front of the name, new, edit, copy, rename, disable, enable " +
				"and remove change the file: /persona edit admin role=owner sets a claim, /persona edit admin lifetime 8h a member, " +
				"/persona edit admin prints what it has. /persona undo undoes the last change.",
			do: issuePersona,
		},
		{
			name: "save", argument: "NAME SUBJECT",
			help: "save the lifetime and the claims of the next tokens as a persona, with a subject or without.",
			do:   saying(savePersona),
		},
	}
}

// boardCommands are about the tokens that are watched.
func boardCommands() []command {
	orders := oneof.Or(oneof.Names(boardOrders()))
	return []command{
		{name: "board", argument: "WORDS", help: "list the tokens on the board, or those with these words.", do: saying(listBoard)},
		{name: "watch", token: true, help: "add the current token to the board, if you read it.", do: saying(watchCurrent)},
		{name: "open", argument: "FILE", help: "add the tokens in a file to the board.", do: openFile},
		{name: "label", token: true, argument: "TEXT", help: "give the current token a label.", do: saying(labelCurrent)},
		{
			name: "sort", argument: boardOrders()[0].Name(), help: "sort the board: " + orders + ".",
			now: func(c *console) string { return c.board.Order().String() }, do: saying(sortBoard),
		},
		{
			name: removing, argument: "NUMBER", help: "remove a token from the board. /remove expired removes all that have expired.",
			do: saying(removeToken),
		},
		{
			name: "keep", token: true, help: "issue the current token again shortly before it expires, and whenever it would; or no longer.",
			do: keepAlive,
		},
		{
			name: "ledger", argument: "WORDS",
			help: "list what was issued, or only the rows with these words. /ledger token 2 signs the second token again, " +
				"/ledger again 2 issues a fresh one like it.",
			do: useLedger,
		},
		{name: "undo", help: "undo the last removal, label or file on the board.", do: saying(undoChange)},
	}
}

// faultCommands are about tokens that an API must refuse.
func faultCommands() []command {
	return []command{
		{name: "faults", argument: "WORDS", help: "list the faults, or those with these words.", do: saying(listFaults)},
		{name: "fault", argument: "NAME", help: "make a token with that fault, which is like the newest other one.", do: makeFault},
		{name: "probe", argument: "URL", help: "send every fault to one of your APIs. tokendesk probe can do more.", do: probeAPI},
	}
}

// settingCommands are about keys, profiles and the console itself.
func settingCommands() []command {
	return []command{
		{name: "keys", argument: "jwk", help: "list the keys, or print the public ones as jwk or pem.", do: saying(listKeys)},
		{name: "profile", argument: "NAME", help: "change to another profile. /profile alone lists them.", do: changeProfile},
		{
			name: "secret", argument: "NAME", help: "sign with another secret of the settings file. /secret alone lists them.",
			do: changeSecret,
		},
		{name: "reload", help: "read the settings, the keys and the personas again.", do: reload},
		{name: "refetch", help: "fetch the published keys again.", do: refetch},
		{
			name: "zone", argument: "local", help: "show times in the local zone or in utc.",
			now: func(c *console) string { return c.zone.String() }, do: saying(setZone),
		},
	}
}

// saying makes a command of a function that asks nothing and cannot end the console.
func saying(do func(*console, string)) func(context.Context, *console, string) error {
	return func(_ context.Context, c *console, argument string) error {
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
		return refuseCommand(ctx, c, name, strings.TrimSpace(argument))
	case all[i].token && c.current == nil:
		c.fail(explain.Line{Text: "there is no token yet", Do: "issue or read one first"})
		return nil
	default:
		return all[i].do(ctx, c, strings.TrimSpace(argument))
	}
}

// sayHelp lists everything that a user can type, or what has a word.
func sayHelp(c *console, word string) {
	word = strings.ToLower(strings.TrimPrefix(word, "/"))
	lines := []string{
		"NAME: issue a token for that email address or user name.",
		"TOKEN: read a token, bare or inside a header, a curl command, JSON or a cookie. All tokens of a line get a number.",
	}
	all := commands()
	lines = slices.Grow(lines, len(all)+1)
	for _, each := range all {
		line := strings.TrimSpace("/"+each.name+" "+each.argument) + ": " + each.help
		if each.now != nil {
			line += " Now " + each.now(c) + "."
		}
		lines = append(lines, line)
	}
	lines = append(lines,
		"In the console only: marking several tokens, and an editor for all claims at once.")
	has := func(line string) bool { return strings.Contains(strings.ToLower(line), word) }
	if slices.ContainsFunc(all, func(each command) bool { return each.name == word }) {
		has = func(line string) bool { return strings.HasPrefix(line, "/"+word) }
	}
	found := slices.DeleteFunc(lines, func(line string) bool { return !has(line) })
	if len(found) == 0 {
		c.sayf("The help does not have that word.")
	}
	for _, line := range found {
		c.sayf("%s", line)
	}
}

// order is an order of the board with a name to type.
type order struct {
	desk.Order

	name string
}

// Name returns what the user types for it.
func (o order) Name() string { return o.name }

func boardOrders() []order {
	return []order{
		{desk.ByTimeLeft, "time"},
		{desk.BySubject, "subject"},
		{desk.ByNewest, "newest"},
		{desk.ByPersona, "persona"},
		{desk.ByLabel, "label"},
		{desk.ByKey, "key"},
		{desk.ByArrival, "origin"},
	}
}
