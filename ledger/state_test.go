package ledger

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"tokendesk/auth/advice"
)

func boardOf(labels ...string) State {
	var s State
	for i, label := range labels {
		s.Board = append(s.Board, Watched{ID: fmt.Sprint("id-", i), Subject: "ada", Expires: "1795444512", Label: label})
	}
	return s
}

func labelsOf(s State) string {
	var all []string
	for _, w := range s.Board {
		all = append(all, w.ID+"="+w.Label)
	}
	return strings.Join(all, " ")
}

func TestState(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "new", "state.json")
	if s, err := LoadState(path); err != nil || len(s.Board) != 0 {
		t.Errorf("without a file: %v, %v", s, err)
	}
	now := boardOf("", "flaky cart")
	now.Recent = []Recent{{Subject: "ada", At: time.Date(2026, 11, 27, 3, 0, 0, 0, time.UTC)}}
	now.Wishes = Wishes{Sort: "by label", CopyForm: "curl", Theme: "light", Folds: map[string]bool{"compact": true}}
	now.Probe = &Probed{URL: "http://localhost:8000", Text: "2 accepted", Results: []ProbedFault{{"alg-none", "refused", 401, true}}}
	if err := SaveState(path, State{}, now); err != nil {
		t.Fatal(err)
	}
	now.Version = stateVersion
	got, err := LoadState(path)
	if err != nil || !reflect.DeepEqual(got, now) {
		t.Errorf("got %+v, %v\nwant %+v", got, err, now)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the mode is %v, %v", info.Mode(), err)
	}
}

func TestMerge(t *testing.T) {
	t.Parallel()
	before := boardOf("", "", "old", "")
	mine := State{Board: append(boardOf("mine", "", "old").Board, Watched{ID: "new-here", Label: "x"})} // labels 0, removes 3, adds
	theirs := State{Board: append(boardOf("", "", "new", "", "").Board, Watched{ID: "new-there"})}      // labels 2, adds id-4
	theirs.Board = append(theirs.Board[:1], theirs.Board[2:]...)                                        // and removes 1
	if got, want := labelsOf(Merge(before, mine, theirs)), "id-0=mine id-2=new id-4= new-there= new-here=x"; got != want {
		t.Errorf("the board is %s, want %s", got, want)
	}
	before.Wishes = Wishes{Sort: "a", Theme: "dark", Folds: map[string]bool{"x": true, "y": true}}
	mine.Wishes = Wishes{Sort: "b", Theme: "dark", Folds: map[string]bool{"x": false, "y": true}}
	theirs.Wishes = Wishes{Sort: "c", Theme: "light", Folds: map[string]bool{"y": false}}
	want := Wishes{Sort: "b", Theme: "light", Folds: map[string]bool{"x": false, "y": false}}
	if got := Merge(before, mine, theirs).Wishes; !reflect.DeepEqual(got, want) {
		t.Errorf("the wishes are %+v, want %+v", got, want)
	}
}

// Tokens about which nothing else is known keep their number.
func TestMergeTwins(t *testing.T) {
	t.Parallel()
	twin := Watched{Subject: "ada", Expires: "1", File: "tokens.txt"}
	labelled := twin
	labelled.Label = "second"
	before, now := State{Board: []Watched{twin, twin}}, State{Board: []Watched{twin, labelled}}
	got := Merge(before, now, before).Board
	if len(got) != 2 || got[0] != twin || got[1] != labelled {
		t.Errorf("the board is %+v", got)
	}
}

func TestMergeRecent(t *testing.T) {
	t.Parallel()
	at := func(n int, name string) Recent { return Recent{Subject: name, At: time.Unix(int64(n), 0)} }
	before := State{Recent: []Recent{at(1, "ada")}}
	now := State{Recent: []Recent{at(5, "ada"), at(3, "eve")}}
	theirs := State{Recent: []Recent{at(4, "bob"), at(1, "ada")}}
	var names []string
	for _, r := range Merge(before, now, theirs).Recent {
		names = append(names, r.Subject)
	}
	if got := strings.Join(names, " "); got != "ada bob eve" {
		t.Errorf("the names are %s", got)
	}
}

// Many consoles at once lose nothing of each other.
func TestSaveStateAtOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "state.json")
	const consoles = 20
	var group sync.WaitGroup
	for i := range consoles {
		group.Go(func() {
			id := fmt.Sprint("id-", i)
			added := State{Board: []Watched{{ID: id}}}
			labelled := State{Board: []Watched{{ID: id, Label: "l"}}}
			if err := SaveState(path, State{}, added); err != nil {
				t.Error(err)
			}
			if err := SaveState(path, added, labelled); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	s, err := LoadState(path)
	if err != nil || len(s.Board) != consoles || strings.Count(labelsOf(s), "=l") != consoles {
		t.Errorf("%v: %s", err, labelsOf(s))
	}
}

func TestDamagedState(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"empty": "", "torn": `{"version":1,"board":[{"jti":"a`, "an array": "[]", "no version": `{"board":[]}`, "text": "hello",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "state.json")
			write(t, path, text)
			_, err := LoadState(path)
			if err == nil || !Usable(err) || !strings.Contains(advice.Of(err), "state-damaged.json") {
				t.Fatalf("the error is %v: %s", err, advice.Of(err))
			}
			aside, _ := os.ReadFile(filepath.Join(filepath.Dir(path), "state-damaged.json"))
			if string(aside) != text {
				t.Errorf("kept aside is %q", aside)
			}
			if _, err := LoadState(path); err != nil {
				t.Errorf("it is said again: %v", err)
			}
			if err := SaveState(path, State{}, boardOf("x")); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestUnreadableState(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "state.json")
	write(t, path, `{"version":99,"board":{}}`)
	newer := func() {
		_, err := LoadState(path)
		if err == nil || Usable(err) || advice.Of(err) == "" {
			t.Errorf("the error is %v", err)
		}
		if err := SaveState(path, State{}, boardOf("x")); err == nil {
			t.Error("it was written")
		}
	}
	newer()
	write(t, path, `{"version":99}`)
	newer()
	folder := filepath.Join(t.TempDir(), "state.json")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadState(folder); err == nil || Usable(err) || advice.Of(err) == "" {
		t.Errorf("a folder: %v", err)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
