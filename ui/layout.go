package ui

import "tokendesk/ui/widget"

// layout says where everything is. It depends only on the size of the terminal.
//
//	┌ title ───────────────────────┐
//	├ tabs ────────────────────────┤
//	│ body                         │
//	├ help ────────────────────────┤
type layout struct {
	title, tabs, body, help widget.Rect
}

func newLayout(size widget.Rect) layout {
	w, h := size.W, size.H
	return layout{
		title: widget.Rect{W: w, H: 1},
		tabs:  widget.Rect{Y: 1, W: w, H: 1},
		body:  widget.Rect{Y: 2, W: w, H: max(0, h-3)},
		help:  widget.Rect{Y: h - 1, W: w, H: 1},
	}
}
