package cli

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"tokendesk/auth"
	"tokendesk/auth/find"
)

var noon = time.Date(2026, 11, 23, 14, 5, 12, 0, time.UTC)

// compact returns an unsigned token with these claims.
func compact(claims string) string {
	encode := base64.RawURLEncoding.EncodeToString
	return encode([]byte(`{"alg":"HS256"}`)) + "." + encode([]byte(claims)) + ".AAAA"
}

// watchOf returns a watch of tokens with these claims, updated at noon.
func watchOf(t *testing.T, warnBefore time.Duration, claims ...string) *watch {
	t.Helper()
	w := &watch{program: Program{Now: func() time.Time { return noon }}, every: time.Minute, warnBefore: warnBefore}
	var found []find.Match
	for _, c := range claims {
		found = append(found, find.Match{Compact: compact(c)})
	}
	if _, err := w.admit(found); err != nil || len(w.tokens) != len(claims) {
		t.Fatalf("%d of %d tokens are watched: %v", len(w.tokens), len(claims), err)
	}
	for _, token := range w.tokens {
		token.update(noon, w.every, w.warnBefore)
	}
	return w
}

func claims(subject string, issued, expires time.Duration) string {
	return fmt.Sprintf(`{"sub":%q,"iat":%d,"exp":%d}`, subject, noon.Add(issued).Unix(), noon.Add(expires).Unix())
}

func TestWatchLines(t *testing.T) {
	t.Parallel()
	w := watchOf(
		t, 5*time.Minute,
		claims("ada@example.com", -15*time.Minute, 15*time.Minute),
		claims("a.very.long.name.indeed@department.example.org", -time.Hour, 364*24*time.Hour),
		claims("bob", -time.Hour, 2*time.Minute),
		claims("漢字", -time.Hour, -time.Minute),
		fmt.Sprintf(`{"exp":%d,"nbf":%d}`, noon.Unix()+3600, noon.Unix()+60),
		claims("bob", -time.Hour, (200*365+171)*24*time.Hour),
	)
	for _, tt := range []struct {
		width, height int
		want          string
	}{
		{120, 40, `
✗ expired        漢字                                      ─────────────────────────────────────────────  1m ago
▲ expires soon   #3 bob                                    ━╸───────────────────────────────────────────  2m left
● active         ada@example.com                           ━━━━━━━━━━━━━━━━━━━━━━╸──────────────────────  15m left
○ not yet valid  token 5                                   ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━  valid in 1m
● active         a.very.long.name.indeed@department.exam…  ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━  364d left
● active         #6 bob                                    ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━  200y 171d left`},
		{80, 24, `
✗ expired        漢字                                      1m ago
▲ expires soon   #3 bob                                    2m left
● active         ada@example.com                           15m left
○ not yet valid  token 5                                   valid in 1m
● active         a.very.long.name.indeed@department.exam…  364d left
● active         #6 bob                                    200y 171d left`},
		{40, 10, `
✗  漢字                   1m ago
▲  #3 bob                 2m left
●  ada@example.com        15m left
○  token 5                valid in 1m
●  a.very.long.name.ind…  364d left
●  #6 bob                 200y 171d left`},
		{24, 10, `
✗  漢字   1m ago
▲  #3 b…  2m left
●  ada@…  15m left
○  toke…  valid in 1m
●  a.ve…  364d left
●  #6 b…  200y 171d left`},
		{20, 10, `
✗  1m ago
▲  2m left
●  15m left
○  valid in 1m
●  364d left
●  200y 171d left`},
		{10, 10, `
✗ 1m ago
▲ 2m
● 15m
○ in 1m
● 364d
● 200y 17…`},
		{40, 5, `
▲  #3 bob           2m left
●  ada@example.com  15m left
○  token 5          valid in 1m
and 3 more, 1 of them expired`},
		{10, 3, `
▲ 2m
and 5 mor…`},
		{40, 1, `
▲ expires soon  #3 bob  2m left`},
	} {
		s := &watchScreen{}
		got := s.lines(w.tokens, w.warnBefore, tt.width, tt.height)
		if want := strings.Split(tt.want, "\n")[1:]; !slices.Equal(got, want) {
			t.Errorf("%d×%d:\n%s\nwant%s", tt.width, tt.height, strings.Join(got, "\n"), tt.want)
		}
	}
	for width := range 130 {
		for height := range 10 {
			lines := (&watchScreen{style: style{true}}).lines(w.tokens, w.warnBefore, max(1, width), max(1, height))
			if len(lines) > max(1, height-1) {
				t.Errorf("%d×%d: %d lines", width, height, len(lines))
			}
			for _, line := range lines {
				if n := ansi.StringWidth(line); n > max(1, width) || strings.Count(line, "\x1b[0m") == 0 {
					t.Errorf("%d×%d: %d cells: %q", width, height, n, line)
				}
			}
		}
	}
}

// Nothing moves sideways while the seconds go by.
func TestWatchColumnsStandStill(t *testing.T) {
	t.Parallel()
	w := watchOf(t, 0, claims("ada", 0, 2*time.Minute+time.Second))
	s := &watchScreen{}
	for left := 2*time.Minute + time.Second; left > 0; left -= time.Second {
		w.tokens[0].update(noon.Add(2*time.Minute+time.Second-left), w.every, 0)
		line := s.lines(w.tokens, 0, 60, 10)[0]
		text := auth.FormatDuration(left) + " left"
		if before, ok := strings.CutSuffix(line, text); !ok || ansi.StringWidth(before) != 60-len("59m 59s left") {
			t.Fatalf("%v: %q", left, line)
		}
	}
}

// A terminal that has become narrower has wrapped the lines.
func TestWatchGoesBackAfterResize(t *testing.T) {
	t.Parallel()
	s := &watchScreen{drawn: []int{80, 30, 0}}
	for width, want := range map[int]string{
		80: "\r\x1b[2A\x1b[J",
		79: "\r\x1b[3A\x1b[J",
		20: "\r\x1b[6A\x1b[J",
	} {
		if got := s.back(width); got != want {
			t.Errorf("%d: %q, want %q", width, got, want)
		}
	}
	if got := (&watchScreen{}).back(80); got != "\r\x1b[J" {
		t.Errorf("at first: %q", got)
	}
}
