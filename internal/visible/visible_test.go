package visible_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"tokendesk/internal/visible"
)

func TestTextEscapesAttacks(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ in, want string }{
		"clipboard":               {"\x1b]52;c;ZXZpbA==\x07", `\x1b]52;c;ZXZpbA==\x07`},
		"clipboard, C1 bytes":     {"\x9d52;c;ZXZpbA==\x9c", `\x9d52;c;ZXZpbA==\x9c`},
		"clipboard, C1 runes":     {"\u009d52;c;ZXZpbA==\u009c", `<U+009D>52;c;ZXZpbA==<U+009C>`},
		"link":                    {"\x1b]8;;https://evil.example\x1b\\bank\x1b]8;;\x1b\\", `\x1b]8;;https://evil.example\x1b\bank\x1b]8;;\x1b\`},
		"device control":          {"\x1bP$q\x1b\\", `\x1bP$q\x1b\`},
		"application command":     {"\x1b_Ga=T\x1b\\", `\x1b_Ga=T\x1b\`},
		"unterminated CSI":        {"\x1b[31", `\x1b[31`},
		"CSI, C1 byte":            {"\x9b2J", `\x9b2J`},
		"CSI with 40 parameters":  {"\x1b[" + strings.Repeat("1;", 40) + "m", `\x1b[` + strings.Repeat("1;", 40) + "m"},
		"bidi override":           {"ada\u202emoc.elpmaxe", "ada<U+202E>moc.elpmaxe"},
		"bidi isolate":            {"\u2066a\u2069", "<U+2066>a<U+2069>"},
		"bidi marks":              {"a\u200e\u200f\u061cb", "a<U+200E><U+200F><U+061C>b"},
		"bell":                    {"a\ab", `a\x07b`},
		"carriage return":         {"admin\rguest", `admin\rguest`},
		"line feed and tab":       {"a\n\tb", `a\n\tb`},
		"delete and null":         {"a\x7f\x00b", `a\x7f\x00b`},
		"backspace":               {"a\bb", `a\x08b`},
		"invalid UTF-8":           {"a\xff\xc3\xe2\x82b", `a\xff\xc3\xe2\x82b`},
		"surrogate":               {"\xed\xa0\x80", `\xed\xa0\x80`},
		"separators":              {"a\u2028b\u2029", "a<U+2028>b<U+2029>"},
		"tag characters":          {"a\U000e0001\U000e0041", "a<U+E0001><U+E0041>"},
		"variation selectors":     {"a\ufe00\ufe0e\ufe0f\U000e0100", "a<U+FE00><U+FE0E><U+FE0F><U+E0100>"},
		"fillers":                 {"\u3164\uffa0\u115f\u1160\u2800", "<U+3164><U+FFA0><U+115F><U+1160><U+2800>"},
		"no ink":                  {"a\u034f\u17b4\u180b\u180fb", "a<U+034F><U+17B4><U+180B><U+180F>b"},
		"zero width":              {"ad\u200bmin\u2060\ufeff\u00ad", "ad<U+200B>min<U+2060><U+FEFF><U+00AD>"},
		"spaces":                  {"a\u00a0b\u3000c", "a<U+00A0>b<U+3000>c"},
		"joiners in Latin":        {"ad\u200dmi\u200cn", "ad<U+200D>mi<U+200C>n"},
		"two non-joiners":         {"می\u200c\u200cخواهم", "می<U+200C><U+200C>خواهم"},
		"idle non-joiner":         {"دا\u200cد", "دا<U+200C>د"},
		"mark without a base":     {"\u0301a", "<U+0301>a"},
		"mark after an escape":    {"\x00\u0301", `\x00<U+0301>`},
		"too many marks":          {"a\u0301\u0302\u0303\u0304\u0305\u0306", "a\u0301\u0302\u0303\u0304<U+0305><U+0306>"},
		"Hangul vowels alone":     {"\u1161\u1161", "<U+1161><U+1161>"},
		"joiner at the end":       {"👩\u200d", "👩<U+200D>"},
		"joiner at the start":     {"\u200d👩", "<U+200D>👩"},
		"joiner before a letter":  {"👩\u200da", "👩<U+200D>a"},
		"joiner after a letter":   {"a\u200d👩", "a<U+200D>👩"},
		"two joiners":             {"👩\u200d\u200d👩", "👩<U+200D><U+200D>👩"},
		"non-joiner in emoji":     {"👩\u200c👩", "👩<U+200C>👩"},
		"too many emoji joined":   {"👩" + strings.Repeat("\u200d👩", 4), "👩" + strings.Repeat("\u200d👩", 3) + "<U+200D>👩"},
		"joiner after an escape":  {"👩\u202e\u200d👩", "👩<U+202E><U+200D>👩"},
		"selector after a joiner": {"👩\u200d\ufe0f", "👩<U+200D><U+FE0F>"},
		"selector after a digit":  {"1\ufe0f", "1<U+FE0F>"},
		"narrow without one":      {"❤\u200d🔥", "❤<U+200D>🔥"},
		"selector on a frame":     {"│\ufe0f", "│<U+FE0F>"},
		"joiner in a frame":       {"│\u200d👩\u200d│", "│<U+200D>👩<U+200D>│"},
		"text selector":           {"⚠\ufe0e", "⚠<U+FE0E>"},
		"joiner before a tone":    {"👩\u200d🏽", "👩<U+200D>🏽"},
		"selector twice":          {"⭐\ufe0f\ufe0f", "⭐\ufe0f<U+FE0F>"},
		"selector on a letter":    {"日\ufe0f", "日<U+FE0F>"},
		"private use":             {"\ue000\U000f0000", "<U+E000><U+F0000>"},
		"unassigned":              {"\u0378", "<U+0378>"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := visible.Text(test.in); got != test.want {
				t.Errorf("Text(%+q)\n got %s\nwant %s", test.in, got, test.want)
			}
		})
	}
}

func TestTextKeepsLegitimateText(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"",
		"ada@example.com",
		`C:\temp\x1b`,
		`{"sub":"ada","n":9007199254740993}`,
		"Zoë", "Zoe\u0308", "Nguyễn Văn Tốt", "Łódź ½ №",
		"مرحبا بالعالم", "مَرْحَبًا", "می\u200cخواهم", "خانه\u200cها",
		"שלום", "בְּרֵאשִׁ֖ית",
		"日本語", "中文字符", "한국어", "\u1112\u1161\u11ab", "ﾊﾝｶｸ",
		"नमस्ते", "क्\u200dष", "क्\u200cष", "বাংলা", "தமிழ்", "ශ්\u200dරී", "ภาษาไทยที่", "བོད་",
		"Ελληνικά", "Привет", "ქართული", "🙂 ✓ 🚀", "👍🏽", "🇩🇪", "⭐\ufe0f⚡\ufe0f", "⚠\ufe0f", "❤\ufe0f",
		"👩\u200d💻", "👩🏽\u200d💻", "👩\u200d👩\u200d👧\u200d👦", "🏳\ufe0f\u200d🌈", "🏳\ufe0f\u200d⚧\ufe0f", "❤\ufe0f\u200d🔥", "🤷🏿\u200d♀\ufe0f",
		"🧑🏽\u200d❤\ufe0f\u200d💋\u200d🧑🏽", "👩\u200d👩\u200d👧\u200d👦🏳\ufe0f\u200d🌈", "a👩\u200d💻b", "│─╭╮",
		"\ufffd",
	} {
		t.Run(s, func(t *testing.T) {
			t.Parallel()
			if got := visible.Text(s); got != s {
				t.Errorf("Text(%+q) = %+q, want it unchanged", s, got)
			}
		})
	}
}

// A joiner between letters has no width by either way of measuring, and a sequence of
// emoji has two cells by cluster.
func TestKeptJoinersTakeNoRoom(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]int{
		"می\u200cخواهم": 7, "⭐\ufe0f": 2, "⚠\ufe0f": 2, "👨\u200d👩\u200d👧": 2, "🏳\ufe0f\u200d🌈": 2, "👍🏽": 2,
	} {
		shown := visible.Text(s)
		if got := ansi.StringWidth(shown); shown != s || got != want {
			t.Errorf("Text(%+q) = %+q has %d cells, want %d", s, shown, got, want)
		}
	}
}

func TestBlockKeepsLines(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, want string }{
		{"{\n  \"a\": 1\n}\n", "{\n  \"a\": 1\n}\n"},
		{"a\r\nb\tc", "a\\r\nb\\tc"},
		{"a\n\u0301", "a\n<U+0301>"},
		{"é\n\x1b[m", "é\n\\x1b[m"},
	}
	for _, test := range tests {
		if got := visible.Block(test.in); got != test.want {
			t.Errorf("Block(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

func TestTextDoesNotAllocateForPlainText(t *testing.T) {
	for _, s := range []string{strings.Repeat("eyJhbGciOiJIUzI1NiJ9.", 50), "日本語 Zoë नमस्ते"} {
		if n := testing.AllocsPerRun(20, func() { _ = visible.Text(s) }); n != 0 {
			t.Errorf("Text(%.20q) allocates %v times", s, n)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{
		"ada", "\x1b[31m", "\u202e", "a\u0301\u0301\u0301\u0301\u0301", "می\u200cخواهم", "\xff", "👩\u200d💻", "⭐\ufe0f", "क्\u200dष", "a\nb",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text := visible.Text(s)
		if strings.Contains(text, "\n") {
			t.Errorf("Text(%+q) = %+q has a line break", s, text)
		}
		checkHarmless(t, text)
		block := visible.Block(s)
		if got, want := strings.Count(block, "\n"), strings.Count(s, "\n"); got != want {
			t.Errorf("Block(%+q) has %d line breaks, want %d", s, got, want)
		}
		checkHarmless(t, strings.ReplaceAll(block, "\n", ""))
	})
}

// checkHarmless fails if a terminal would do anything with s but draw it.
func checkHarmless(t *testing.T, s string) {
	t.Helper()
	if !utf8.ValidString(s) {
		t.Errorf("%+q is not UTF-8", s)
	}
	marks := 0
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Bidi_Control, r), unicode.Is(unicode.Zl, r), unicode.Is(unicode.Zp, r):
			t.Errorf("%+q holds %U", s, r)
		case unicode.In(r, unicode.Mn, unicode.Me) && r != '\ufe0f':
			if marks++; marks > 4 {
				t.Errorf("%+q holds more than four marks on one character", s)
			}
		case !unicode.Is(unicode.Mc, r):
			marks = 0
		}
	}
	if stripped := ansi.Strip(s); stripped != s {
		t.Errorf("%+q holds a control sequence", s)
	}
}

func BenchmarkText(b *testing.B) {
	for name, s := range map[string]string{
		"ascii":   strings.Repeat("eyJhbGciOiJIUzI1NiJ9.", 50),
		"unicode": strings.Repeat("日本語 Zoë ", 70),
		"hostile": strings.Repeat("\x1b[31m\u202e", 120),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			b.ReportAllocs()
			for b.Loop() {
				_ = visible.Text(s)
			}
		})
	}
}
