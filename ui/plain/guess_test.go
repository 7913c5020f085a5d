package plain_test

import (
	"strings"
	"testing"
)

// An unknown command is said, with the nearest one, and no token is issued without what it was
// meant to set.
func TestPlainUnknownCommand(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		`/clams {"role":"admin"}`: "there is no command /clams; did you mean /claims?",
		"/lifetimes 2h":           "there is no command /lifetimes; did you mean /lifetime?",
		"/rm 1":                   "there is no command /rm; did you mean /remove?",
		"/exit":                   "there is no command /exit; did you mean /quit?",
		"/zzz":                    "there is no command /zzz; /help lists them",
		"/":                       "there is no command /; /help lists them",
	} {
		got, err := dialogue(t, []string{typed, "ada"})
		if !isWithheld(err) || strings.Contains(got, "Token #") {
			t.Errorf("%s: %v\n%s", typed, err, got)
		}
		says(t, got, "> Error: "+want+"\n", "> Error: no token was issued: a line before was no command")
	}
	if _, err := dialogue(t, []string{"/clams {}", "/q"}); !isFailed(err) {
		t.Errorf("the error is %v", err)
	}
}

// A word that looks like a command is no name, unless /issue says so.
func TestPlainLooksLikeCommand(t *testing.T) {
	t.Parallel()
	for typed, meant := range map[string]string{
		"help": "help", "HELP": "help", "?": "help", "quit": "quit", "exit": "quit", "q": "quit", ":q": "quit",
		"ls": "board", "copy curl": "copy",
		"claims role=x": "claims", "board": "board", "status": "status",
	} {
		got, err := dialogue(t, []string{typed})
		if !isWithheld(err) || strings.Contains(got, "Token #") {
			t.Errorf("%s: %v\n%s", typed, err, got)
		}
		says(t, got, "> Error: "+typed+" looks like a command, so no token was issued; write /"+meant+", or /issue "+typed+" for a token\n")
	}
	got, err := dialogue(t, []string{"/issue help", "helpdesk@example.com", "quitter", "/issue"})
	if !isFailed(err) {
		t.Errorf("%v\n%s", err, got)
	}
	says(t, got, "Claim sub: help ", "Claim sub: helpdesk@example.com ", "Claim sub: quitter ", "> Error: type a name after /issue\n")
}
