package widget

// Scroll is the scroll position in lines of which not all have room.
type Scroll struct{ offset, length, room int }

// Layout says how many lines there are and how many are visible at once, and corrects
// the position.
func (s *Scroll) Layout(length, room int) {
	s.length, s.room = length, room
	s.offset = max(0, min(s.offset, length-room))
}

// By scrolls by that many lines. The next Layout corrects the position.
func (s *Scroll) By(lines int) { s.offset = max(0, s.offset+lines) }

// Window returns the first visible line and the first one after the visible ones.
func (s *Scroll) Window() (first, end int) {
	return s.offset, min(s.length, s.offset+max(0, s.room))
}

// Above returns how many lines stand above the visible ones.
func (s *Scroll) Above() int { return s.offset }

// Below returns how many lines stand below the visible ones.
func (s *Scroll) Below() int {
	_, end := s.Window()
	return s.length - end
}

// Hides reports whether some lines are not visible.
func (s *Scroll) Hides() bool { return s.Above() > 0 || s.Below() > 0 }
