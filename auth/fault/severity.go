package fault

// Severity returns how serious it is if an API accepts the fault, from "0.0" to "10.0" as in
// CVSS: a forged token lets anybody in as anybody, other holes need a token that was once
// good, and a policy fault may be right.
func (f Fault) Severity() string {
	forged := f.Part == PartSignature || f.Group == GroupSignature || f.Group == GroupAlgorithm || f.Group == GroupHeader
	switch {
	case f.Policy != "":
		return "3.1"
	case forged:
		return "9.1"
	case f.Group == GroupTime || f.Group == GroupClaims:
		return "7.4"
	default:
		return "6.5"
	}
}
