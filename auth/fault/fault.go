// Package fault makes deliberately defective tokens: each has a name, says what
// is wrong with it and why a verifier must refuse it.
//
// [Catalogue] lists the faults. A [Maker] makes their tokens out of the request
// that makes a good one, which differs from them in nothing else. Maker.Verifier
// is a verifier that refuses every one of them.
package fault

import (
	"slices"

	"tokendesk/auth"
)

// Group is what a fault is about.
type Group string

// The groups, in the order of the catalogue.
const (
	GroupTime      Group = "time"
	GroupSignature Group = "signature"
	GroupAlgorithm Group = "algorithm"
	GroupHeader    Group = "header"
	GroupClaims    Group = "claims"
	GroupForm      Group = "form"
)

// Groups returns the groups in the order of the catalogue.
func Groups() []Group {
	return []Group{GroupTime, GroupSignature, GroupAlgorithm, GroupHeader, GroupClaims, GroupForm}
}

// Part is where in the token the defect is.
type Part string

// The parts of a token.
const (
	PartHeader    Part = "header"
	PartPayload   Part = "payload"
	PartSignature Part = "signature"
	PartToken     Part = "token" // the form as a whole
)

// Fault is one way in which a token is wrong.
type Fault struct {
	// Name is stable and in kebab case, such as "alg-none".
	Name  string
	Group Group
	// Part is where the defect is, and Members are the header parameters or the
	// claims that have it; there are none where it is no member that is wrong.
	Part    Part
	Members []string
	// Wrong says in one line what is wrong with the token.
	Wrong string
	// Why says in one sentence why it must be refused, or what an attacker gains.
	Why string
	// Source is the RFC section or the CVE that says so.
	Source string
	// Policy is empty for a token that no correct verifier accepts. Where the
	// standards leave it to the API, it says on what its refusal depends.
	Policy string
	// Needs is what the key or the good token must be for it to be made.
	Needs Need
	// Status is the HTTP status that an API should answer with. It is 401 for all
	// of them (RFC 6750 section 3.1, invalid_token); 403 would say that a good
	// token is not enough. StatusWhy would say why for another one.
	Status    int
	StatusWhy string
	// Verdict is what the verifier of [Maker.Verifier] says.
	Verdict auth.Verdict

	make func(*draft) (string, error)
}

// Catalogue returns all faults, in the order of the groups.
func Catalogue() []Fault {
	all := slices.Concat(timeFaults(), signatureFaults(), algorithmFaults(), headerFaults(), claimFaults(), formFaults())
	for i := range all {
		all[i].Status = 401
	}
	return all
}

// grouped gives the faults their group, and their part where they name no other.
func grouped(group Group, part Part, faults ...Fault) []Fault {
	for i := range faults {
		faults[i].Group = group
		if faults[i].Part == "" {
			faults[i].Part = part
		}
	}
	return faults
}

// ByName returns the fault of that name, and whether there is one.
func ByName(name string) (Fault, bool) {
	all := Catalogue()
	if i := slices.IndexFunc(all, func(f Fault) bool { return f.Name == name }); i >= 0 {
		return all[i], true
	}
	return Fault{}, false
}
