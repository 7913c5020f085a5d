package issue

import (
	"cmp"
	"slices"
	"time"

	"tokendesk/auth/input"
	"tokendesk/desk"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// presets returns the lifetimes that the arrow keys go through: those below the
// limit, and the limit if there is one.
func presets(limit time.Duration) []string {
	all := []string{"45s", "1m", "5m", "15m", "30m", "1h", "8h", "1d", "7d", "30d"}
	for i, text := range all {
		if d, _ := input.ParseLifetime(text, time.Time{}); limit > 0 && d >= limit {
			return append(all[:i:i], desk.LifetimeText(limit))
		}
	}
	return all
}

// preset moves through the preset lifetimes, starting at the current lifetime.
func (f *form) preset(step int, limit time.Duration, now time.Time) {
	all := presets(limit)
	current, err := input.ParseLifetime(f.lifetime.Value(), now)
	if err != nil {
		current, step = 30*time.Minute, 0 // the first key press selects it
	}
	at, found := slices.BinarySearchFunc(all, current, func(text string, sought time.Duration) int {
		d, _ := input.ParseLifetime(text, now)
		return cmp.Compare(d, sought)
	})
	if step > 0 && !found {
		step = 0 // that is the next one already
	}
	f.lifetime.Set(all[min(max(at+step, 0), len(all)-1)])
}

// usual is a lifetime in the line of the usual ones, and where it is.
type usual struct {
	text string
	at   widget.Rect
	now  bool // it is the one in the field
}

const (
	usualKeys = "↑↓"
	usualGap  = " · "
)

// usuals returns the lifetimes around the one in the field that have room in their line.
func usuals(f *form, c *frame.Ctx) []usual {
	line := f.places.usual
	if line.W <= 0 || line.H <= 0 || f.exact {
		return nil
	}
	all := presets(c.Desk.Settings().MaxLifetime)
	first, end := around(all, f.lifetime.Value(), c.Now, line.W-widget.Width(usualKeys)-1)
	x := line.X + widget.Width(usualKeys) + 1
	shown := make([]usual, 0, end-first)
	for _, text := range all[first:end] {
		width := widget.Width(text)
		shown = append(shown, usual{text, widget.Rect{X: x, Y: line.Y, W: width, H: 1}, text == f.lifetime.Value()})
		x += width + widget.Width(usualGap)
	}
	return shown
}

// around returns a range of the lifetimes that has room in that many cells, with the current one
// near its middle.
func around(all []string, current string, now time.Time, cells int) (first, end int) {
	length := func(text string) time.Duration {
		d, err := input.ParseLifetime(text, now)
		if err != nil {
			return 30 * time.Minute
		}
		return d
	}
	middle := 0
	for middle < len(all)-1 && length(all[middle]) < length(current) {
		middle++
	}
	used := -widget.Width(usualGap)
	first, end = middle, middle
	for step := 0; step < 2*len(all); step++ {
		at := end
		if step%2 == 1 {
			at = first - 1
		}
		if at < 0 || at >= len(all) {
			continue
		}
		more := widget.Width(all[at]) + widget.Width(usualGap)
		if used+more > cells {
			break
		}
		used, first, end = used+more, min(first, at), max(end, at+1)
	}
	return first, end
}

// viewUsuals draws the line of the usual lifetimes.
func viewUsuals(t *widget.Theme, shown []usual) string {
	line := t.HelpKey.Render(usualKeys)
	gap := " "
	for _, u := range shown {
		style := t.HelpText
		if u.now {
			style = t.Strong
		}
		line += t.Faint.Render(gap) + style.Render(u.text)
		gap = usualGap
	}
	return line
}

// usualZones returns the zones of the usual lifetimes: a click takes one.
func usualZones(f *form, c *frame.Ctx) []frame.Zone {
	shown := usuals(f, c)
	zones := make([]frame.Zone, 0, len(shown))
	for _, u := range shown {
		zones = append(zones, frame.Zone{Rect: u.at, Do: frame.Just(func() { f.lifetime.Set(u.text) })})
	}
	return zones
}
