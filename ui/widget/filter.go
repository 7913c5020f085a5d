package widget

import tea "charm.land/bubbletea/v2"

// Filter is the field above a list that narrows it while the user types.
type Filter struct {
	field  Field
	typing bool // it has the cursor
}

// NewFilter returns an empty filter. The placeholder says what it searches.
func NewFilter(placeholder string) Filter {
	f := Filter{field: NewField(placeholder)}
	f.field.Prompt("/ ")
	return f
}

// Text returns what the list is narrowed by.
func (f *Filter) Text() string { return f.field.Value() }

// Typing reports whether the field has the cursor.
func (f *Filter) Typing() bool { return f.typing }

// Shown reports whether the field takes a line.
func (f *Filter) Shown() bool { return f.typing || f.field.Value() != "" }

// Open gives the field the cursor.
func (f *Filter) Open() {
	f.typing = true
	f.field.Focus()
}

// Keep leaves the field with its text.
func (f *Filter) Keep() {
	f.typing = false
	f.field.Blur()
}

// Clear leaves the field without its text.
func (f *Filter) Clear() {
	f.Keep()
	f.field.Set("")
}

// Update types into the field.
func (f *Filter) Update(msg tea.Msg) { f.field.Update(msg) }

// Layout sets the width.
func (f *Filter) Layout(t *Theme, width int) { f.field.Layout(t, width) }

// View draws the field.
func (f *Filter) View() string { return f.field.View() }

// Field returns the field, for clicks and the cursor.
func (f *Filter) Field() *Field { return &f.field }
