package explain

import (
	"slices"

	"tokendesk/auth"
)

// signatureValid is the verdict for a token of which only the signature was checked.
const signatureValid = "signature valid"

// Verdict returns the lines that come first: that the token is valid and which key signed
// it, or every check that failed; then whether a key vouches for it, and the leeway.
func (r *Report) Verdict(c Clock) []Line {
	var lines []Line
	lines = append(lines, r.Failures...)
	if r.known.Row != nil {
		return append(lines, recorded(r.known.Row)...)
	}
	if line, ok := r.signature(c); ok {
		lines = append(lines, line)
	}
	if key := r.result.Decryption; key != nil {
		alg, _ := r.Token.Header.String("alg")
		enc, _ := r.Token.Header.String("enc")
		lines = append(lines, Line{Tone: Good, Text: "decrypted with " + alg + " and " + enc + " by key " + key.Fingerprint()})
	}
	if len(r.Disclosures) > 0 && r.result.Key != nil {
		lines = append(lines, Line{Text: "with the disclosures " + namesOf(r.Disclosures)})
	}
	if r.Inner != nil && r.Inner.result.Key != nil && !r.Token.IsEncrypted() {
		if line, ok := r.Inner.signature(c); ok {
			line.Code, line.Label, line.Text = "", "", "the token inside: "+line.Text
			lines = append(lines, line)
		}
	}
	if r.known.Checked != "" && r.result.Verdict == auth.VerdictValid {
		lines = append(lines, Line{Tone: Good, Text: r.known.Checked + " as the settings have them"})
	}
	if r.known.Leeway != 0 && r.result.Verdict != 0 {
		lines = append(lines, Line{Text: "checked with a leeway of " + auth.FormatDuration(r.known.Leeway)})
	}
	return lines
}

// signature says which key signed the token, or that it was not checked. It says nothing
// if a failed check has said so, or if no token could be read.
func (r *Report) signature(c Clock) (Line, bool) {
	result := r.result
	switch {
	case r.Token.IsEncrypted() && r.Inner != nil: // it is signed inside
		return r.Inner.signature(c)
	case result.Key != nil:
		line := Line{Tone: Good, Text: "signed with " + string(r.Token.Algorithm()) + " by key " + result.Key.Fingerprint()}
		if r.Token.IsEncrypted() {
			line.Text = "encrypted with the secret of key " + result.Key.Fingerprint() + ", which vouches for it"
		}
		if !r.known.Origin.Fetched.IsZero() {
			line.Text += ", kid " + result.Key.ID() + " of " + r.known.Origin.Text(c.Now)
		} else if origin := r.known.Origin; origin.ThisRun && origin.From != "" {
			line.Text += " from " + origin.Text(c.Now)
		} else if origin.ThisRun {
			line.Text += ", " + origin.Text(c.Now)
		}
		switch {
		case result.Verdict != auth.VerdictValid:
		case r.known.SignatureOnly:
			line.Code, line.Label = auth.VerdictValid.Code(), signatureValid
			line.Text += "; times and claims were not checked"
		default:
			line.Code, line.Label = auth.VerdictValid.Code(), auth.VerdictValid.String()
		}
		return line, true
	case r.isPublished():
		return Line{Tone: Warn, Text: "a published secret made the signature: anyone could have written this token"}, true
	case !result.SignatureChecked && (r.Token.Header != nil || r.Token.Claims != nil):
		return Unchecked(1), true
	default:
		return Line{}, false
	}
}

// isPublished reports whether a published secret made the signature, and no configured key
// was tried.
func (r *Report) isPublished() bool {
	return r.result.Key == nil && !r.result.SignatureChecked &&
		slices.ContainsFunc(r.Findings, func(l Line) bool { return l.Code == "published-secret" })
}

// Expiry says how long the token is valid: "expires 2026-11-23 14:35:12 UTC, in 30m" or
// "no expiry". It is empty if the claims could not be read.
func (r *Report) Expiry(c Clock) string {
	if r.Inner != nil {
		return r.Inner.Expiry(c)
	}
	if r.Token.Claims == nil {
		return ""
	}
	for _, m := range r.Claims {
		if m.Name == "exp" && m.Date != nil {
			return m.Note(c)
		}
	}
	return auth.StateNoExpiry.String()
}
