package plain

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"tokendesk/auth"
	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/file"
	"tokendesk/internal/visible"
)

// listKeys lists the keys, or prints the public ones.
func listKeys(c *console, format string) {
	all := c.desk.Keyring().Keys()
	if format == "" {
		if len(all) == 0 {
			c.sayf("There is no key.")
		}
		for _, key := range all {
			facts := explain.Key(key, explain.UseOf(key, c.desk.Key()), c.desk.Keyring().Origin(key))
			text := "Key " + facts.Line(c.desk.Now())
			for _, fact := range facts.Facts(c.desk.Now()) {
				if fact.Name == "used for" {
					text += "; used for " + fact.Text
				}
			}
			c.sayf("%s", text)
			if facts.Weakness != nil {
				c.tell("Warning", *facts.Weakness)
			}
		}
		return
	}
	to, ok := map[string]auth.KeyFormat{"jwk": auth.FormatJWK, "pem": auth.FormatPEM}[strings.ToLower(format)]
	if !ok {
		c.fail(explain.Line{Text: "there is no such form of a key", Do: "type /keys jwk or /keys pem"})
		return
	}
	public := slices.DeleteFunc(slices.Clone(all), func(k *auth.Key) bool { return k.Public() == nil })
	if len(public) == 0 {
		c.refused(auth.ErrNoPublicKey)
		return
	}
	text, err := auth.EncodeSet(public, to)
	if !c.refused(err) {
		fmt.Fprintln(c.out, visible.Block(strings.TrimSuffix(string(text), "\n")))
	}
}

// addKey verifies the current token with another key, which then verifies for the rest of the run.
func addKey(ctx context.Context, c *console, from string) error {
	read, err := keyFrom(ctx, c, from)
	if err != nil || read == nil {
		return err
	}
	added, err := read(c.desk)
	if locked, ok := errors.AsType[*desk.Locked](err); ok && c.opener.passphrase != nil {
		var opened *desk.Desk
		if opened, err = locked.With(c.opener.passphrase); err == nil {
			added, err = read(opened)
		}
	}
	if reason := ended(ctx, err); reason != nil {
		return reason
	}
	if c.refused(err) {
		return nil
	}
	if note := added.Note(); note != "" {
		c.sayf("Note: %s.", note)
	}
	c.desk = added.To(c.desk)
	for _, e := range c.tokens {
		if e.Fault == nil {
			e.VerifyWith(c.desk.Keyring(), c.desk.Now())
		}
	}
	c.describe(c.current)
	return nil
}

// keyFrom returns the function that reads a key from a file, a URL or what the user types, or nil
// if there is nothing to read.
func keyFrom(ctx context.Context, c *console, from string) (func(*desk.Desk) (desk.Added, error), error) {
	another := c.current.Another()
	switch {
	case strings.HasPrefix(from, "https://"), strings.HasPrefix(from, "http://"):
		return func(d *desk.Desk) (desk.Added, error) { return another.Published(ctx, d, from) }, nil
	case from != "":
		path := file.ExpandHome(from, c.opener.source.Getenv("HOME"))
		return func(d *desk.Desk) (desk.Added, error) { return another.File(d, path) }, nil
	case !c.in.canHide():
		c.fail(explain.Line{Text: "this terminal would show the key", Do: "type /key and the name of its file"})
		return nil, nil
	}
	c.sayf("Paste the key; it is not shown.")
	text, err := askKey(ctx, c)
	if err != nil || text == "" {
		return nil, err
	}
	return func(d *desk.Desk) (desk.Added, error) { return another.Text(d, text) }, nil
}

// askKey asks for a key, which may have several lines: a PEM ends with its END line, and JSON
// where it is complete or at an empty line.
func askKey(ctx context.Context, c *console) (string, error) {
	var text strings.Builder
	for text.Len() <= desk.MaxKeyText {
		line, err := c.askWith(ctx, question{prompt: "key> ", hidden: true})
		if err != nil {
			return "", err
		}
		text.WriteString(line)
		whole := text.String()
		isPEM, isJSON := strings.Contains(whole, "-----BEGIN"), strings.HasPrefix(strings.TrimSpace(whole), "{")
		switch {
		case line == "", isPEM && strings.Contains(whole, "-----END"), !isPEM && !isJSON, isJSON && json.Valid([]byte(whole)):
			return whole, nil
		}
		text.WriteByte('\n')
	}
	return text.String(), nil
}

// refetch fetches the published keys again.
func refetch(ctx context.Context, c *console, _ string) error {
	fetched, err := desk.FetchAgain(ctx, c.desk)
	if reason := ended(ctx, err); reason != nil {
		return reason
	}
	if c.refused(err) {
		return nil
	}
	c.desk = fetched.To(c.desk)
	c.sayf("Fetched %s.", fetched.Says(c.desk.Now()))
	if c.current != nil && c.current.Fault == nil {
		c.current.VerifyWith(c.desk.Keyring(), c.desk.Now())
		sayVerdict(c)
	}
	return nil
}

// reload reads the settings and the keys again. What is wrong with them changes nothing.
func reload(ctx context.Context, c *console, _ string) error {
	d := c.desk.Reload(ctx)
	problem := d.Problem()
	if locked, ok := errors.AsType[*desk.Locked](problem); ok {
		opened, err := c.opener.unlock(ctx, locked)
		if errors.Is(err, errLeave) || errors.Is(err, ErrNoKey) {
			return err
		}
		if problem = err; err == nil {
			d, problem = opened, opened.Problem()
		}
	}
	if reason := ended(ctx, problem); reason != nil {
		return reason
	}
	set := d.Settings()
	if problem == nil && d.Key() == nil {
		problem = explain.NoKey(&set)
	}
	if problem != nil {
		c.tell("Problem", explain.Lines(problem)...)
		*c.failed = true
		c.sayf("Nothing was changed. The key is still the one that was read before.")
		return nil
	}
	if c.form.Lifetime == usualLifetime(c.desk) {
		c.form.Lifetime = usualLifetime(d)
	}
	c.use(d)
	c.greet()
	return nil
}
