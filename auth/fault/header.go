package fault

func headerFaults() []Fault { return nil }
