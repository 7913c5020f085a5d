package fault

func claimFaults() []Fault { return nil }
