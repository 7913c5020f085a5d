package fault

func signatureFaults() []Fault { return nil }
