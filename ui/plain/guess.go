package plain

import (
	"context"
	"strings"

	"tokendesk/explain"
	"tokendesk/internal/oneof"
)

// removing is the command that several words mean.
const removing = "remove"

// otherWords are what people type to a program that works line by line, and what they mean here.
func otherWords() map[string]string {
	return map[string]string{
		"?": "help", "man": "help", "commands": "help", "exit": "quit", "bye": "quit", "logout": "quit", "end": "quit", "stop": "quit",
		":q": "quit", ":q!": "quit", ":wq": "quit", ":x": "quit", "ls": "board", "list": "board", "dir": "board", "show": "token",
		"delete": removing, "rm": removing, "cat": "token", "store": "write", "verify": "read", "inspect": "read", "decode": "read",
		"personas": "persona", "shapes": "shape", "profiles": "profile", "tokens": "token", "claim": "claims", "curl": "copy", "clear": removing,
	}
}

// looksLikeCommand returns the command that a line without a slash may be meant for, or nothing.
func looksLikeCommand(line string) string {
	word, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(line)), " ")
	if meant := otherWords()[word]; meant != "" {
		return meant
	}
	for _, each := range commands() {
		if word == each.name || word == each.short {
			return each.name
		}
	}
	return ""
}

// askName asks whether a line that looks like a command is a name. A pipe cannot answer.
func askName(ctx context.Context, c *console, line, name string) error {
	if !c.in.isTerminal() {
		c.missed.withheld = true
		c.fail(explain.Line{
			Text: line + " looks like a command, so no token was issued", Do: "write /" + name + ", or /issue " + line + " for a token",
		})
		return nil
	}
	c.sayf("%s looks like a command. Did you mean /%s?", line, name)
	return choose(ctx, c, "yes for a token, or a command> ", func() error { return c.issueFor(ctx, line) })
}

// refuseCommand says that there is no such command. A person can take the nearest one with the same
// text. In a pipe no token is issued any more: it would lack what the line was meant to set.
func refuseCommand(ctx context.Context, c *console, name, argument string) error {
	all := commands()
	names := make([]string, 0, len(all))
	for _, each := range all {
		names = append(names, each.name)
	}
	near := oneof.Near(name, names)
	if meant := otherWords()[strings.ToLower(name)]; meant != "" {
		near = []string{meant}
	}
	line := explain.Line{Text: "there is no command /" + name, Do: "/help lists them"}
	if len(near) > 0 {
		line.Do = "did you mean /" + oneof.Or(near) + "?"
	}
	c.fail(line)
	if !c.in.isTerminal() {
		c.missed.wrong[unknownCommand] = true
		return nil
	}
	if len(near) == 0 {
		return nil
	}
	meant := strings.TrimSpace(near[0] + " " + argument)
	return choose(ctx, c, "yes for /"+near[0]+", or another line> ", func() error { return c.command(ctx, meant) })
}

// unknownCommand stands for the commands that there are not.
const unknownCommand = "unknown"

// choose asks whether to do something. Any other answer is a line of its own.
func choose(ctx context.Context, c *console, prompt string, do func() error) error {
	answer, err := c.ask(ctx, prompt)
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "", "n", "no":
		return err
	case "y", "yes":
		return do()
	}
	return c.obey(ctx, answer)
}
