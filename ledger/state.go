package ledger

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"tokendesk/auth/advice"
	"tokendesk/internal/file"
)

// stateVersion is the version of the form in which a [State] is written.
const stateVersion = 1

// maxState is the size of the largest state that is read, in bytes.
const maxState = 32 << 20

// State is what the console remembers from one run to the next. It holds no token and no
// signature, and nothing that depends on one.
type State struct {
	Version int       `json:"version"`
	Board   []Watched `json:"board,omitempty"`  // in the order of arrival
	Recent  []Recent  `json:"recent,omitempty"` // the newest first
	Wishes
	Probe *Probed `json:"probe,omitempty"`
}

// Wishes are the choices that the user made in the console.
type Wishes struct {
	Sort     string          `json:"sort,omitempty"`      // the order of the board
	CopyForm string          `json:"copy_form,omitempty"` // the form in which a token was copied last
	Theme    string          `json:"theme,omitempty"`     // that was chosen in the console
	Folds    map[string]bool `json:"folds,omitempty"`     // what is open of a token, by name
}

// Watched holds the facts about a token on the board. If it was issued here, the ledger has its
// row with the same ID; nothing else is kept about a token from elsewhere.
type Watched struct {
	ID        string      `json:"jti,omitempty"`
	Subject   string      `json:"sub,omitempty"`
	IssuedAt  json.Number `json:"iat,omitempty"`
	Expires   json.Number `json:"exp,omitempty"`
	Algorithm string      `json:"alg,omitempty"`
	KeyID     string      `json:"kid,omitempty"`
	Key       string      `json:"key,omitempty"` // the fingerprint, only of a key of this user
	Persona   string      `json:"persona,omitempty"`
	Profile   string      `json:"profile,omitempty"`
	Label     string      `json:"label,omitempty"`
	File      string      `json:"file,omitempty"` // that it was read from
	Pasted    bool        `json:"pasted,omitempty"`
}

// Foreign reports whether the token came from elsewhere, so that the ledger has no row for it.
func (w *Watched) Foreign() bool { return w.Pasted || w.File != "" }

// Same reports whether both are about the same token, going by the facts.
func (w *Watched) Same(other *Watched) bool { return w.name() == other.name() }

// name tells the token from others.
func (w *Watched) name() watchedName {
	return watchedName{w.ID, w.Subject, w.IssuedAt, w.Expires, w.Algorithm, w.KeyID, w.Foreign()}
}

type watchedName struct {
	id, subject        string
	issued, expires    json.Number
	algorithm, keyName string
	foreign            bool
}

// Recent is a subject that a token was issued for.
type Recent struct {
	Subject string    `json:"sub"`
	Persona string    `json:"persona,omitempty"`
	At      time.Time `json:"at"`
}

// Probed is what the last probe of an API found.
type Probed struct {
	URL     string        `json:"url,omitempty"` // without anything that may be a secret
	At      time.Time     `json:"at"`
	Text    string        `json:"text,omitempty"`
	Results []ProbedFault `json:"results,omitempty"`
}

// ProbedFault is the outcome of one fault.
type ProbedFault struct {
	Fault   string `json:"fault"`
	Outcome string `json:"outcome"`
	Status  int    `json:"status,omitempty"`
	Right   bool   `json:"right,omitempty"`
}

// StatePath returns the path of the state beside a ledger, or nothing without a ledger.
func StatePath(ledger string) string {
	if ledger == "" {
		return ""
	}
	return filepath.Join(filepath.Dir(ledger), "state.json")
}

// errDamaged says that a file is not the JSON of a state.
var errDamaged = errors.New("the state is damaged")

// errNewer says that a newer program wrote the state, with something that this one would lose.
var errNewer = errors.New("the state was written by a newer program")

// LoadState reads a state. There is none in a file that does not exist. A damaged one is kept
// under another name, and an empty one takes its place. [Usable] says whether that worked, so
// that the state may be saved. The errors have advice.
func LoadState(path string) (State, error) {
	state, _, err := readState(path)
	if !errors.Is(err, errDamaged) {
		return state, explainState(path, err)
	}
	aside, err := editState(path, func(theirs State) State { return theirs })
	if err != nil {
		return State{}, explainState(path, err)
	}
	if aside == "" { // another console was faster
		state, _, err = readState(path)
		return state, explainState(path, err)
	}
	return State{}, &keptAside{advice.New("the state of the console in "+path+" is damaged, so the board is empty",
		"the file is now "+aside)}
}

// keptAside is the error of a damaged state that is no longer in the way.
type keptAside struct{ error }

func (e *keptAside) Unwrap() error { return e.error }

// Usable reports whether a state may be saved although reading it had this error.
func Usable(err error) bool {
	_, aside := errors.AsType[*keptAside](err)
	return err == nil || aside
}

// SaveState writes what has changed between two states into the file, under a lock. What
// another console has written meanwhile stays, see [Merge]. The errors have advice.
func SaveState(path string, before, now State) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return advice.New("the folder "+filepath.Dir(path)+" cannot be created, so the board is not kept", "check its permissions")
	}
	_, err := editState(path, func(theirs State) State { return Merge(before, now, theirs) })
	return err
}

// editState changes the state in a file under a lock. It gives a damaged one another name, and
// returns that.
func editState(path string, change func(State) State) (aside string, err error) {
	err = file.Edit(path, 0o600, func() ([]byte, []byte, error) {
		theirs, text, err := readState(path)
		if errors.Is(err, errDamaged) {
			aside = file.Free(filepath.Join(filepath.Dir(path), "state-damaged.json"))
			if err = file.New(aside, text); err == nil {
				theirs = State{}
			}
		}
		if err != nil {
			return nil, nil, explainState(path, err)
		}
		after, err := formatState(change(theirs))
		return text, after, err
	})
	if err == nil {
		_ = os.Chmod(path, 0o600) // whatever the umask is, and whatever the file had
	}
	return aside, err
}

// readState reads a state with its text, which is nil if there is no file.
func readState(path string) (State, []byte, error) {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() { // reading a pipe would wait for a writer
		return State{}, nil, errIrregular
	}
	text, err := file.Read(path, maxState)
	if errors.Is(err, fs.ErrNotExist) {
		return State{}, nil, nil
	}
	if err != nil {
		return State{}, nil, err
	}
	var form struct {
		Version int `json:"version"`
	}
	if json.Unmarshal(text, &form) == nil && form.Version > stateVersion {
		return State{}, text, errNewer
	}
	var state State
	if json.Unmarshal(text, &state) != nil || state.Version < 1 {
		return State{}, text, errDamaged
	}
	return state, text, nil
}

// formatState returns the text of a state.
func formatState(s State) ([]byte, error) {
	s.Version = stateVersion
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	err := encoder.Encode(s)
	return out.Bytes(), err
}

// explainState says what is wrong with the file of a state.
func explainState(path string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, errNewer):
		return advice.New(path+" was written by a newer Tokendesk, so the board is neither restored nor kept",
			"use that version, or remove the file")
	case errors.Is(err, file.ErrTooLarge):
		return advice.New(path+" is larger than "+strconv.Itoa(maxState>>20)+" MB, so the board is neither restored nor kept", "remove the file")
	case advice.Of(err) != "":
		return err
	default:
		return advice.New(path+" cannot be read, so the board is neither restored nor kept", "check its permissions")
	}
}
