package plain

// maxPast is how many lines are kept.
const maxPast = 200

// past are the lines that were typed before, the newest last. The one that is being typed is
// kept while the user looks at them.
type past struct {
	lines []string
	at    int // the place of the line that is shown; behind the last one it is the new one
	typed string
}

// start begins a new line.
func (p *past) start() { p.at, p.typed = len(p.lines), "" }

// add keeps a line, unless it is the last one again.
func (p *past) add(line string) {
	if line == "" || len(p.lines) > 0 && p.lines[len(p.lines)-1] == line {
		return
	}
	p.lines = append(p.lines, line)
	p.lines = p.lines[max(0, len(p.lines)-maxPast):]
}

// older returns the line before the one that is shown, whose text is now.
func (p *past) older(now string) (string, bool) {
	if p.at == 0 {
		return "", false
	}
	if p.at == len(p.lines) {
		p.typed = now
	}
	p.at--
	return p.lines[p.at], true
}

// newer returns the line behind the one that is shown.
func (p *past) newer(string) (string, bool) {
	switch {
	case p.at >= len(p.lines):
		return "", false
	case p.at == len(p.lines)-1:
		p.at++
		return p.typed, true
	}
	p.at++
	return p.lines[p.at], true
}
