package ui

import "tokendesk/ui/widget"

// layout says where everything is. It depends only on the size of the terminal.
//
//	┌ title ───────────────────────┐
//	├ tabs ────────────────────────┤
//	│ body                         │
//	├ message ─────────────────────┤
//	└ help ────────────────────────┘
//
// A high terminal has a blank line above and below the message. In a low one the message
// takes the line of the help.
type layout struct {
	title, tabs, body, message, help widget.Rect
}

// The heights from which on the message has a line of its own, and blank lines around it.
const messageHeight, airyHeight = 16, 30

func newLayout(size widget.Rect) layout {
	w, h := size.W, size.H
	below, message := 1, h-1
	switch {
	case h >= airyHeight:
		below, message = 4, h-3
	case h >= messageHeight:
		below, message = 2, h-2
	}
	return layout{
		title:   widget.Rect{W: w, H: 1},
		tabs:    widget.Rect{Y: 1, W: w, H: 1},
		body:    widget.Rect{Y: 2, W: w, H: max(0, h-2-below)},
		message: widget.Rect{Y: message, W: w, H: 1},
		help:    widget.Rect{Y: h - 1, W: w, H: 1},
	}
}
