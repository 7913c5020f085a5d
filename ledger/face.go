package ledger

// The values of [Row.Face]: what can issue tokens.
const (
	FaceConsole = "console"
	FacePlain   = "plain"
	FaceIssue   = "issue"
	FaceBatch   = "batch"
	FaceKeep    = "keep"
)

// Faces returns what can issue tokens.
func Faces() []string { return []string{FaceConsole, FacePlain, FaceIssue, FaceBatch, FaceKeep} }
