package widget

// Scroll is how far lines are scrolled of which not all have room.
type Scroll struct{ offset, length, room int }

// Layout says how many lines there are and how many are seen at once, and keeps
// what is seen inside.
func (s *Scroll) Layout(length, room int) {
	s.length, s.room = length, room
	s.offset = max(0, min(s.offset, length-room))
}

// Show moves what is seen as far as the line needs to be among it, after Layout.
func (s *Scroll) Show(line int) {
	s.offset = max(min(s.offset, line), line-s.room+1)
}

// By moves what is seen. The next Layout keeps it inside.
func (s *Scroll) By(lines int) { s.offset = max(0, s.offset+lines) }

// Window returns the first line that is seen and the first one after.
func (s *Scroll) Window() (first, end int) {
	return s.offset, min(s.length, s.offset+max(0, s.room))
}

// Above and Below return how many lines are not seen on either side.
func (s *Scroll) Above() int { return s.offset }

// Below returns how many lines stand below those that are seen.
func (s *Scroll) Below() int {
	_, end := s.Window()
	return s.length - end
}

// Hides reports whether there is anything that is not seen.
func (s *Scroll) Hides() bool { return s.Above() > 0 || s.Below() > 0 }
