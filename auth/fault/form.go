package fault

// oversize is the least size in bytes of an oversized token, and more than the
// verifier takes.
const oversize = 15_000

func formFaults() []Fault { return nil }
