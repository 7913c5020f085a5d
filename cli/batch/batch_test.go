package batch_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/iotest"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
	"tokendesk/cli/batch"
	"tokendesk/internal/oneof"
)

// noon is the time of the tests.
var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func issuer(t testing.TB) *auth.Issuer {
	t.Helper()
	key, err := auth.NewHMACKey(auth.HS256, []byte(secret))
	if err != nil {
		t.Fatal(err)
	}
	return &auth.Issuer{Key: key, Now: func() time.Time { return noon }}
}

// outcome is the result of a batch, with the claims in place of the tokens.
type outcome struct {
	claims  []string
	refused []string // line: reason
	rejects string
	counts  batch.Counts
	err     error
}

// run runs a batch over a text and reads its tokens with golang-jwt.
func run(t testing.TB, rows *batch.Rows, change func(*batch.Options)) outcome {
	t.Helper()
	var out, rejects bytes.Buffer
	var got outcome
	o := options(t, rows, "token", &out)
	o.Rejects = &rejects
	o.Common.Claims = auth.Object{{Name: "jti", Value: jsontext.Quote("id")}}
	o.Refused = func(r batch.Refusal) { got.refused = append(got.refused, fmt.Sprintf("%d: %s", r.Line, r.Reason)) }
	if change != nil {
		change(&o)
	}
	got.counts, got.err = batch.Run(t.Context(), o)
	got.rejects = rejects.String()
	for line := range strings.Lines(out.String()) {
		got.claims = append(got.claims, claimsOf(t, strings.TrimSuffix(line, "\n")))
	}
	return got
}

func options(t testing.TB, rows *batch.Rows, form string, out io.Writer) batch.Options {
	t.Helper()
	f, err := oneof.ByName("form", batch.Forms(), form)
	if err != nil {
		t.Fatal(err)
	}
	return batch.Options{Issuer: issuer(t), Rows: rows, Form: f, Out: out}
}

// claimsOf returns the payload of a token that golang-jwt accepts, without the claims
// that all have.
func claimsOf(t testing.TB, compact string) string {
	t.Helper()
	parser := jwt.NewParser(jwt.WithValidMethods([]string{"HS256"}), jwt.WithTimeFunc(func() time.Time { return noon }))
	if _, err := parser.Parse(compact, func(*jwt.Token) (any, error) { return []byte(secret), nil }); err != nil {
		t.Fatalf("%q: %v", compact, err)
	}
	token, err := auth.Decode(compact)
	if err != nil {
		t.Fatal(err)
	}
	claims := token.Claims.Without("iat")
	if id, _ := claims.String("jti"); id == "id" {
		claims = claims.Without("jti")
	}
	if exp, _ := token.Date("exp"); exp.Seconds == noon.Add(auth.DefaultLifetime).Unix() {
		claims = claims.Without("exp")
	}
	text, err := claims.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func read(t testing.TB, text string, format batch.Format) *batch.Rows {
	t.Helper()
	rows, err := batch.Read(strings.NewReader(text), "", format)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestRows(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 1<<20+1)
	for _, tt := range []struct {
		name, text string
		claims     []string
		refused    []string
		rejects    string
	}{
		{name: "nothing"},
		{name: "only line ends", text: "\n\r\n \n"},
		{
			name: "subjects", text: "\ufeffada@example.com\r\n\nZoë\no'hara@example.com",
			claims: []string{`{"sub":"ada@example.com"}`, `{"sub":"Zoë"}`, `{"sub":"o'hara@example.com"}`},
		},
		{
			name: "bad subjects", text: "ada\na@b@c\n bob\nbob\n\xff\n",
			claims: []string{`{"sub":"ada"}`, `{"sub":"bob"}`},
			refused: []string{
				"2: an address can have only one @", "3: the subject starts with a space; remove it",
				"5: the subject is not valid UTF-8; retype it",
			},
			rejects: "a@b@c\n bob\n\xff\n",
		},
		{
			name: "a row that is too long", text: "ada\n" + long + "\nbob\n" + long + long + long + "\ncy",
			claims: []string{`{"sub":"ada"}`, `{"sub":"bob"}`, `{"sub":"cy"}`},
			refused: []string{
				"2: the row is longer than 1 MiB and is not written to the rejects",
				"4: the row is longer than 1 MiB and is not written to the rejects",
			},
		},
		{
			name: "CSV",
			text: "role,subject,scopes:json,expires_in\r\nadmin,ada,\"[\"\"read\"\", 1.0]\",1h\r\n,bob,,\r\n\r\n\"a, \"\"b\"\"\n\nc\",eve,,30s",
			claims: []string{
				`{"sub":"ada","exp":1795438800,"role":"admin","scopes":["read",1.0]}`, `{"sub":"bob"}`,
				`{"sub":"eve","exp":1795435230,"role":"a, \"b\"\n\nc"}`,
			},
		},
		{
			name: "bad CSV",
			text: "subject,level:json,expires_in\nada,1,\nbob,{,\ncy,1\ndan,1,soon\n,1,\nfay,a\"b,\n\"gus\"x,1,\nhal,2,1h\n",
			claims: []string{
				`{"sub":"ada","level":1}`, `{"sub":"hal","exp":1795438800,"level":2}`,
			},
			refused: []string{
				"3: the column level is not JSON: expected a name in double quotes, found the end",
				"4: the row has 2 fields, but there are 3 columns",
				"5: expires_in: the lifetime cannot be read; write one such as 45s, 30m, 1h30m, 7d or until 18:00",
				"6: the subject is missing; type an email address or a user name",
				"7: there is a quote inside an unquoted field at column 6",
				"8: a quote is not closed, or text follows it, at column 5",
			},
			rejects: "bob,{,\ncy,1\ndan,1,soon\n,1,\nfay,a\"b,\n\"gus\"x,1,\n",
		},
		{
			name: "a quote that is never closed", text: "subject,role\nada,x\n\"bob,y\ncy,z\n",
			claims:  []string{`{"sub":"ada","role":"x"}`, `{"sub":"cy","role":"z"}`},
			refused: []string{"3: a quote is never closed"},
			rejects: "\"bob,y\n",
		},
		{
			name: "the same far from the end", text: "subject\nada\n\"bob\n" + strings.Repeat(long[:1<<16]+"\n", 17) + "cy\n",
			claims: []string{`{"sub":"ada"}`, `{"sub":"cy"}`},
			refused: append([]string{"3: a quote is never closed"},
				slices.Collect(func(yield func(string) bool) {
					for n := range 17 {
						yield(fmt.Sprintf("%d: the subject has 65536 bytes, more than the maximum of 254", n+4))
					}
				})...),
			rejects: "\"bob\n" + strings.Repeat(long[:1<<16]+"\n", 17),
		},
		{
			name: "JSON Lines",
			text: `{"subject":"ada","expires_in":"1h","claims":{"level":9007199254740993,"a":{"b":[]}}}` + "\n" +
				`{"claims":{},"subject":"Zoë","expires_in":60}` + "\r\n\n" + `{"subject":"o\u0027hara"}`,
			claims: []string{
				`{"sub":"ada","exp":1795438800,"level":9007199254740993,"a":{"b":[]}}`,
				`{"sub":"Zoë","exp":1795435260}`, `{"sub":"o'hara"}`,
			},
		},
		{
			name: "bad JSON Lines",
			text: `{"subject":"ada"}` + "\n" + `{"subject":` + "\n[]\n" + `{"subject":7}` + "\n" + `{"subject":"a","role":"x"}` + "\n" +
				`{"subject":"a","expires_in":-1}` + "\n" + `{"subject":"a","expires_in":true}` + "\n" + `{"subject":"a","claims":[]}` + "\n" +
				`{"subject":"a","claims":{"exp":1}}` + "\n" + `{"subject":"a","subject":"b"}` + "\n{}\n",
			claims: []string{`{"sub":"ada"}`},
			refused: []string{
				"2: the line is not a JSON object: expected a JSON value, found the end at column 12",
				"3: the line is not a JSON object: expected a JSON object, found '[' at column 1",
				"4: the subject must be a string",
				`5: a request has no member "role"; use subject, expires_in, claims, persona and shape`,
				`6: expires_in must be text such as "30m", or a number of seconds above zero`,
				`7: expires_in must be text such as "30m", or a number of seconds above zero`,
				"8: the claims must be an object",
				"9: exp is set from the lifetime; change the lifetime instead",
				`10: the line is not a JSON object: duplicate name "subject" at column 16`,
				"11: the subject is missing; type an email address or a user name",
			},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := run(t, read(t, tt.text, ""), nil)
			if got.err != nil {
				t.Fatal(got.err)
			}
			if !slices.Equal(got.claims, tt.claims) {
				t.Errorf("tokens for\n  %s\nwant\n  %s", strings.Join(got.claims, "\n  "), strings.Join(tt.claims, "\n  "))
			}
			if !slices.Equal(got.refused, tt.refused) {
				t.Errorf("refused\n  %s\nwant\n  %s", strings.Join(got.refused, "\n  "), strings.Join(tt.refused, "\n  "))
			}
			if tt.rejects != "" && got.rejects != tt.rejects {
				t.Errorf("rejects %.500q, want %.500q", got.rejects, tt.rejects)
			}
			if got.counts.Tokens != int64(len(tt.claims)) || got.counts.Refused != int64(len(tt.refused)) {
				t.Errorf("counted %+v", got.counts)
			}
		})
	}
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"\xff\xfes\x00":            "it is UTF-16; save it as UTF-8",
		"name,role\n":              "line 1: there is no column subject; give that name to the one with the email addresses or user names",
		"subject,role,role:json\n": "line 1: the column role is given twice; keep one",
		"subject,\n":               "line 1: a column has no name; name it after a claim",
		"subject,sub\n":            "line 1: there is a column sub; name it subject",
		"subject,exp:json\n":       "line 1: there is a column exp; name it expires_in, with lifetimes such as 30m",
		"subject,nbf\n": "line 1: the column nbf cannot hold text: nbf must be a number of seconds since 1970, but is a string; " +
			"name it nbf:json if it holds JSON",
		"subject,a\"b\n":             "line 1: the column names cannot be read; start with a line such as subject,expires_in,role",
		"":                           "line 1: the column names cannot be read; start with a line such as subject,expires_in,role",
		"subject,subject,role,iat\n": "line 1: the column subject is given twice; keep one",
	} {
		if _, err := batch.Read(strings.NewReader(text), "", batch.CSV); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	if _, err := oneof.ByName("format", batch.Formats(), "xml"); err == nil {
		t.Error("there is no format xml")
	}
}

// Many chunks come out in the order of the rows, each with the claims of its row.
func TestOrder(t *testing.T) {
	t.Parallel()
	const many = 5000
	var text strings.Builder
	for n := range many {
		fmt.Fprintf(&text, "user%d\n", n+1)
	}
	for name, rows := range map[string]*batch.Rows{
		"text": read(t, text.String(), ""), "count": batch.Count("user{n}", many),
	} {
		got := run(t, rows, nil)
		if got.err != nil || len(got.claims) != many {
			t.Fatalf("%s: %d tokens, %v", name, len(got.claims), got.err)
		}
		for n, claims := range got.claims {
			if want := fmt.Sprintf(`{"sub":"user%d"}`, n+1); claims != want {
				t.Fatalf("%s: token %d is for %s, want %s", name, n+1, claims, want)
			}
		}
	}
}

func TestCommon(t *testing.T) {
	t.Parallel()
	got := run(t, read(t, "subject,role,expires_in\nada,,\nbob,admin,1h\n", ""), func(o *batch.Options) {
		o.Issuer.Aud = []string{"api"}
		o.Common.Lifetime = time.Minute
		o.Common.Claims = append(o.Common.Claims, auth.Member{Name: "role", Value: jsontext.Quote("user")})
	})
	want := []string{
		`{"sub":"ada","aud":"api","exp":1795435260,"role":"user"}`, `{"sub":"bob","aud":"api","exp":1795438800,"role":"admin"}`,
	}
	if !slices.Equal(got.claims, want) || got.err != nil {
		t.Errorf("got %q, %v, want %q", got.claims, got.err, want)
	}

	got = run(t, batch.Count("ada", 2), func(o *batch.Options) {
		now := noon
		o.Issuer.Now = func() time.Time { return now }
		o.ExpiresAt = noon.Add(10 * time.Minute)
		now = now.Add(4 * time.Minute)
		o.Common.Lifetime = time.Hour
	})
	if want := []string{`{"sub":"ada","exp":1795435800}`, `{"sub":"ada","exp":1795435800}`}; !slices.Equal(got.claims, want) {
		t.Errorf("until a moment: got %q, %v, want %q", got.claims, got.err, want)
	}

	for name, common := range map[string]auth.Request{
		"a claim": {Claims: auth.Object{{Name: "sub", Value: []byte("null")}}}, "the lifetime": {Lifetime: -1},
	} {
		got := run(t, batch.Count("ada", 1), func(o *batch.Options) { o.Common = common })
		if !errors.Is(got.err, batch.ErrCommon) || errors.Unwrap(got.err) == nil {
			t.Errorf("%s: %v", name, got.err)
		}
	}
}

func TestStrict(t *testing.T) {
	t.Parallel()
	got := run(t, read(t, "ada\nbob\na@b@c\ncy\n@\n", ""), func(o *batch.Options) { o.Strict = true })
	want := outcome{
		claims: []string{`{"sub":"ada"}`, `{"sub":"bob"}`}, refused: []string{"3: an address can have only one @"}, rejects: "a@b@c\n",
	}
	if !errors.Is(got.err, batch.ErrStrict) || !slices.Equal(got.claims, want.claims) || !slices.Equal(got.refused, want.refused) ||
		got.rejects != want.rejects {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got.counts.Tokens != 2 || got.counts.Refused != 1 {
		t.Errorf("counted %+v, want 2 tokens and 1 row", got.counts)
	}
}

func TestForms(t *testing.T) {
	t.Parallel()
	write := func(form, text string) string {
		var out bytes.Buffer
		if _, err := batch.Run(t.Context(), options(t, read(t, text, ""), form, &out)); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	const two = "ada\n\n\"a,b\"@example.com\n"
	token := regexp.MustCompile(`eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{43}`)
	for form, want := range map[string]string{
		"token": "T\nT\n",
		"csv":   "subject,token,expires_at\nada,T,2026-11-23T12:30:00Z\n\"\"\"a,b\"\"@example.com\",T,2026-11-23T12:30:00Z\n",
		"jsonl": `{"subject":"ada","token":"T","expires_at":"2026-11-23T12:30:00Z"}` + "\n" +
			`{"subject":"\"a,b\"@example.com","token":"T","expires_at":"2026-11-23T12:30:00Z"}` + "\n",
		"env": "export TOKEN_1='T'\nexport TOKEN_3='T'\n",
		"postman": `{"name":"tokendesk","values":[` + "\n" +
			`{"key":"subject_1","value":"ada","type":"default","enabled":true},{"key":"token_1","value":"T","type":"secret","enabled":true}` + "\n" +
			`,{"key":"subject_3","value":"\"a,b\"@example.com","type":"default","enabled":true},` +
			`{"key":"token_3","value":"T","type":"secret","enabled":true}` + "\n" +
			`],"_postman_variable_scope":"environment"}` + "\n",
	} {
		if got := token.ReplaceAllString(write(form, two), "T"); got != want {
			t.Errorf("%s\n got %s\nwant %s", form, got, want)
		}
	}
	for _, text := range []string{"", two, "subject\nada\n"} {
		if out := write("postman", text); !json.Valid([]byte(out)) {
			t.Errorf("no JSON: %s", out)
		}
		if records, err := csv.NewReader(strings.NewReader(write("csv", text))).ReadAll(); err != nil || len(records[0]) != 3 {
			t.Errorf("no CSV: %v, %v", records, err)
		}
	}
	// The first row of CSV is the first variable.
	if out := write("env", "subject\nada\n"); !strings.HasPrefix(out, "export TOKEN_1=") {
		t.Errorf("got %s", out)
	}
	if _, err := oneof.ByName("form", batch.Forms(), "yaml"); err == nil {
		t.Error("there is no form yaml")
	}
}

// writes records each write.
type writes struct{ pieces []string }

func (w *writes) Write(p []byte) (int, error) {
	w.pieces = append(w.pieces, string(p))
	return len(p), nil
}

// Every write is whole lines, at most as many as a pipe takes as a whole.
func TestWritesAreWholeLines(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	for n := range 3000 {
		fmt.Fprintf(&text, `{"subject":"user%d","claims":{"x":"%s"}}`+"\n", n, strings.Repeat("x", n*7%6000))
	}
	var out writes
	if _, err := batch.Run(t.Context(), options(t, read(t, text.String(), ""), "token", &out)); err != nil {
		t.Fatal(err)
	}
	for _, piece := range out.pieces {
		if !strings.HasSuffix(piece, "\n") || len(piece) > 4096 && strings.Count(piece, "\n") > 1 {
			t.Fatalf("%d bytes with %d lines were one write", len(piece), strings.Count(piece, "\n"))
		}
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func TestErrors(t *testing.T) {
	t.Parallel()
	got := run(t, batch.Count("ada", 5000), func(o *batch.Options) { o.Out = failing{syscall.ENOSPC} })
	if write, ok := errors.AsType[*batch.WriteError](got.err); !ok || !errors.Is(write, syscall.ENOSPC) {
		t.Errorf("a full disk: %v", got.err)
	}
	got = run(t, read(t, "@\n", ""), func(o *batch.Options) { o.Rejects = failing{syscall.ENOSPC} })
	if !errors.Is(got.err, syscall.ENOSPC) {
		t.Errorf("a full disk for the rejects: %v", got.err)
	}
	broken := io.MultiReader(strings.NewReader("ada\nbob\ncy"), iotest.ErrReader(syscall.EIO))
	rows, err := batch.Read(broken, "", "")
	if err != nil {
		t.Fatal(err)
	}
	got = run(t, rows, nil)
	if unread, ok := errors.AsType[*batch.ReadError](got.err); !ok || !errors.Is(unread, syscall.EIO) || len(got.claims) != 2 {
		t.Errorf("a broken file: %v after %q", got.err, got.claims)
	}
	got = run(t, batch.Count("ada", 3), func(o *batch.Options) { o.Issuer.Rand = iotest.ErrReader(syscall.EIO); o.Common.Claims = nil })
	if len(got.claims) > 0 || len(got.refused) != 3 {
		t.Errorf("without randomness: %q, refused %q", got.claims, got.refused)
	}
}

// A cancelled batch ends immediately, also while nobody reads its tokens or no rows
// come in.
func TestCancel(t *testing.T) {
	t.Parallel()
	stop := errors.New("stop")
	for name, change := range map[string]func(*batch.Options, context.CancelCauseFunc){
		"between": func(o *batch.Options, cancel context.CancelCauseFunc) {
			o.Progress = func(batch.Counts) { cancel(stop) }
		},
		"in a write": func(o *batch.Options, cancel context.CancelCauseFunc) {
			r, w := io.Pipe()
			go func() {
				_, _ = io.ReadFull(r, make([]byte, 10))
				cancel(stop)
			}()
			o.Out = w
		},
		"in a read": func(o *batch.Options, cancel context.CancelCauseFunc) {
			r, w := io.Pipe()
			go func() {
				_, _ = io.WriteString(w, "ada\n")
				cancel(stop)
			}()
			rows, err := batch.Read(r, "", "")
			if err != nil {
				t.Error(err)
			}
			o.Rows = rows
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithCancelCause(t.Context())
			defer cancel(nil)
			o := options(t, batch.Count("ada", 1<<30), "token", io.Discard)
			change(&o, cancel)
			if _, err := batch.Run(ctx, o); !errors.Is(err, stop) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// The output does not depend on how the rows come in.
func FuzzRows(f *testing.F) {
	for _, seed := range []string{
		"", " ", "\n", "\"", ",", "{", "\x00", "ada\nbob", "subject,role\nada,\"x\n\"\nbob,y\n\"",
		"subject\r\n\"a\"\"b\"\r\n\"c\n", `{"subject":"ada","claims":{"a":[1]}}` +
			"\n{", "\ufeffsubject,x:json\na,{}\n\n,\n",
	} {
		for _, format := range []string{"", "text", "csv", "jsonl"} {
			f.Add(seed, format)
		}
	}
	f.Fuzz(func(t *testing.T, text, format string) {
		if _, err := oneof.ByName("format", batch.Formats(), format); err != nil {
			format = ""
		}
		results := make([]outcome, 0, 2)
		for _, in := range []io.Reader{strings.NewReader(text), iotest.OneByteReader(strings.NewReader(text))} {
			rows, err := batch.Read(in, "", batch.Format(format))
			if err != nil {
				results = append(results, outcome{refused: []string{err.Error()}})
				continue
			}
			got := run(t, rows, nil)
			if got.err != nil {
				t.Fatal(got.err)
			}
			if lines := strings.Count(text, "\n") + 1; got.counts.Tokens+got.counts.Refused > int64(lines) {
				t.Errorf("%+v of %d lines", got.counts, lines)
			}
			got.counts.Read = 0
			results = append(results, got)
		}
		if !reflect.DeepEqual(results[0], results[1]) {
			t.Errorf("%q\nat once %+v\nbyte by byte %+v", text, results[0], results[1])
		}
	})
}
