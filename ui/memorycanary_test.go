package ui

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tokendesk/auth/jsontext"
	"tokendesk/settings"
)

// canaries are texts that must never be on the disk, with what they are.
type canaries map[string]string

// look searches the files of a folder for the canaries, in every encoding.
func (all canaries) look(t *testing.T, folder string, names ...string) {
	t.Helper()
	for _, name := range names {
		text, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		for what, is := range all {
			forms := []string{is, hex.EncodeToString([]byte(is))}
			datas := [][]byte{[]byte(is)}
			if raw, err := base64.RawURLEncoding.DecodeString(is); err == nil {
				datas = append(datas, raw)
				forms = append(forms, hex.EncodeToString(raw))
			}
			for _, data := range datas {
				forms = append(forms, base64.RawURLEncoding.EncodeToString(data), base64.RawStdEncoding.EncodeToString(data))
			}
			for _, form := range forms {
				if at := bytes.Index(text, []byte(form)); at >= 0 {
					t.Errorf("%s has the %s as %s:\n%s", name, what, form, text[max(0, at-200):at])
				}
			}
		}
	}
}

func signatureOf(token string) string { return token[strings.LastIndexByte(token, '.')+1:] }

// Nothing of a signature or a secret reaches the files of the full-screen console, wherever a
// user or a stranger has put it: subjects, claims, labels, tokens from elsewhere, names of
// files, and the URL of an API.
func TestConsoleCanaries(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	const passphrase = "walrus lantern 77 quartz"
	secrets := func(_ *Config, s *settings.Settings) { s.Passphrase = func() []byte { return []byte(passphrase) } }
	d := newDesktop(t, withLedgerIn(t, folder), secrets)
	mine := d.issued("ada@example.com").Token.Compact
	foreign := handmadeWith(t, "another secret of somebody else, long enough", plainHeader, `{"sub":"eve","exp":1795444512,"note":"private"}`)
	d.toScreen("Board")
	d.paste(foreign)
	d.press("esc")
	all := canaries{
		"secret": testSecret, "passphrase": passphrase, "token": mine, "signature": signatureOf(mine),
		"foreign token": foreign, "foreign signature": signatureOf(foreign),
	}
	for _, what := range []string{"secret", "passphrase", "token", "foreign token", "foreign signature", "signature"} {
		is := all[what]
		for _, form := range []string{is, base64.StdEncoding.EncodeToString([]byte(is)), "x/" + is, hex.EncodeToString([]byte(is))} {
			if len(form) < 250 { // no subject is longer
				d.issued(form)
			}
			d.form("Claims")
			d.write("note=" + form)
			d.issued("bob@example.com")
			d.form("Claims")
			d.write("")
			quoted := string(jsontext.Quote(form))
			header := `{"alg":"HS256","kid":` + quoted + `}`
			d.toScreen("Board")
			d.paste(handmadeWith(t, "the secret of a stranger, which is long enough", header, `{"sub":`+quoted+`,"jti":`+quoted+`}`))
			d.press("esc")
			d.toScreen("Board")
			for _, key := range []string{"home", "end"} {
				d.press(key, "n")
				d.write(form)
				d.press("enter")
			}
			d.kept()
		}
	}
	url := api(t, d.ctx.Desk.Key(), noHole)
	d.form("Subject")
	d.write("ada")
	d.press("f5")
	d.probes(strings.Replace(url, "http://", "http://ada:"+testSecret+"@", 1) + "/v1?token=" + mine + "#" + signatureOf(mine))
	d.kept()
	d.probes(url + "/v2/" + mine)
	d.finish()
	all.look(t, folder, "ledger.jsonl", "state.json")
	state, err := os.ReadFile(filepath.Join(folder, "state.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`"recent"`, `"label"`, `"pasted": true`, `"probe"`, `"results"`} {
		if !bytes.Contains(state, []byte(part)) {
			t.Errorf("the state has no %s, so nothing was tried:\n%s", part, state)
		}
	}
}
