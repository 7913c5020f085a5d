package project

// Hidden holds bytes that must not be printed. They are behind a function, because package fmt
// prints the fields of a value in an unexported field without calling its methods.
type Hidden func() []byte

func hide(data []byte) Hidden { return func() []byte { return data } }

// Reveal returns the bytes, or nil.
func (h Hidden) Reveal() []byte {
	if h == nil {
		return nil
	}
	return h()
}

// String returns "[redacted]".
func (h Hidden) String() string { return "[redacted]" }

// GoString returns "[redacted]".
func (h Hidden) GoString() string { return "[redacted]" }

// MarshalJSON returns "[redacted]" as a JSON string.
func (h Hidden) MarshalJSON() ([]byte, error) { return []byte(`"[redacted]"`), nil }
