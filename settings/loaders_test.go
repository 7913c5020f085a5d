package settings

import (
	"strings"
	"testing"
)

const none = "none" // the program finds no SECRET_KEY in the line

// These lines hold the same key for every program, as tried with python-dotenv
// 0.21.0 and starlette 0.26.1. C is the canary.
func TestLinesThatAllReadAlike(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"=C":            "C",
		`="C"`:          "C",
		"='C'":          "C",
		" = C":          "C",
		"=C  ":          "C",
		"=C\r":          "C",
		"=C==":          "C==",
		"=C#1":          "C#1",
		"=#C":           "#C",
		"='C # x'":      "C # x",
		"='C x'":        "C x",
		"='C$END'":      "C$END",
		"='C$$9'":       "C$$9",
		`='C"x'`:        `C"x`,
		"='C;x'":        "C;x",
		"=C\nSECRET=x":  "C",
		"=C\n#SECRET_K": "C",
	} {
		t.Run(line, func(t *testing.T) {
			t.Parallel()
			s, err := load(t, "SECRET_KEY"+withCanary(line)+"\n", nil)
			if err != nil || len(s.Warnings) > 0 {
				t.Fatalf("%v, %v, want no warning", s.Warnings, err)
			}
			checkSecret(t, s, withCanary(want))
		})
	}
}

// Programs read different secrets from these lines; dotenv and starlette is what
// those two read when they were tried. Where they agree, godotenv or a shell differs.
func TestLinesThatProgramsReadDifferently(t *testing.T) {
	t.Parallel()
	tests := []struct{ line, dotenv, starlette, do string }{
		{"=C # note", "C", "C # note", moveComment},
		{"=C\t# note", "C", "C\t# note", moveComment},
		{"=C # a # b", "C", "C # a # b", moveComment},
		{"='C' # note", "C", "C' # note", moveComment},
		{`="C" # note`, "C", `C" # note`, moveComment},
		{"='C' A=1", none, "C' A=1", moveComment},
		{"='C${END}'", "C", "C${END}", otherSecret},
		{"=C${END}", "C", "C${END}", otherSecret},
		{`="C\n"`, "C\n", `C\n`, otherSecret},
		{`='C\\x'`, `C\x`, `C\\x`, otherSecret},
		{`='"C"'`, `"C"`, "C", otherSecret},
		{"=\"C\nx\"", "C\nx", "C", otherSecret},
		{": C", none, none, writeEqual},
		{":C", none, none, writeEqual},

		{"=C x", "C x", "C x", quoteSecret},
		{"=C$end", "C$end", "C$end", quoteSecret},
		{"=C$END", "C$END", "C$END", quoteSecret},
		{`="C$END"`, "C$END", "C$END", quoteSecret},
		{"=C$$9", "C$$9", "C$$9", quoteSecret},
		{`=C"x`, `C"x`, `C"x`, quoteSecret},
		{"=C;x", "C;x", "C;x", quoteSecret},
		{"=C`x`", "C`x`", "C`x`", quoteSecret},
		{`=C\n`, `C\n`, `C\n`, otherSecret},
		{"=C'x", "C'x", "C'x", otherSecret},
		{"=C\u2003", "C", "C", otherSecret},
		{`=" C"`, " C", " C", otherSecret},
	}
	for _, tt := range tests {
		t.Run(tt.line, func(t *testing.T) {
			t.Parallel()
			s, err := load(t, "SECRET_KEY"+withCanary(tt.line)+"\n", nil)
			if err != nil || len(s.Warnings) != 1 {
				t.Fatalf("%v, %v, want one warning", s.Warnings, err)
			}
			if w := s.Warnings[0]; !w.Severe || w.Line != 1 || w.Name != "SECRET_KEY" || w.Do != tt.do {
				t.Errorf("got %+v, want a severe one about line 1 that says %s", w, tt.do)
			}
			if tt.do != quoteSecret {
				return
			}
			// Following the advice removes the warning and keeps the secret that the
			// other programs read.
			s, err = load(t, "SECRET_KEY='"+withCanary(tt.dotenv)+"'\n", nil)
			if err != nil || len(s.Warnings) > 0 {
				t.Fatalf("in single quotes: %v, %v, want no warning", s.Warnings, err)
			}
			checkSecret(t, s, withCanary(tt.dotenv))
		})
	}
}

func withCanary(line string) string { return strings.Replace(line, "C", canary, 1) }
