// Package fault makes deliberately defective tokens. Each fault has a name, a description
// of the defect, and the reason why a verifier must refuse the token.
//
// [Catalogue] lists the faults. A [Maker] makes their tokens from the request for a good
// token, from which each differs only in its defect. Maker.Verifier returns a verifier that
// refuses all of them.
package fault

import (
	"slices"

	"tokendesk/auth"
)

// Group is a group of faults.
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

// Part is the part of the token with the defect.
type Part string

// The parts of a token.
const (
	PartHeader    Part = "header"
	PartPayload   Part = "payload"
	PartSignature Part = "signature"
	PartToken     Part = "token" // its form as a whole
)

// Fault is a defect of a token.
type Fault struct {
	// Name is stable and in kebab case, such as "alg-none".
	Name  string
	Group Group
	// Part is the part with the defect. Members are the header parameters or claims with
	// the defect, if it is in any.
	Part    Part
	Members []string
	// Wrong says what is wrong with the token. It is lower case without a full stop, as
	// are Why and Policy.
	Wrong string
	// Why says why the token must be refused, or what an attacker gains otherwise.
	Why string
	// Source is the RFC section that says so, or a CWE where no RFC does.
	Source string
	// CWE is the weakness of an API that accepts the token, such as "CWE-347", and CVE are
	// vulnerabilities of libraries that accepted it.
	CWE string
	CVE []string
	// Fix says in one sentence what to change in an API that accepts the token. It is lower
	// case without a full stop.
	Fix string
	// Policy says on what the decision depends if the standards leave it to the API. It
	// is empty for a token that no correct verifier accepts.
	Policy string
	// Needs is what the maker needs to make the token.
	Needs Need
	// Status is the HTTP status that an API should answer with. It is 401 for all faults
	// (RFC 6750 section 3.1, invalid_token), as 403 would mean that a valid token does not
	// suffice. StatusWhy is the reason for a status other than 401.
	Status    int
	StatusWhy string
	// Verdict is the verdict of the verifier of [Maker.Verifier].
	Verdict auth.Verdict

	// alters names the member that the good token must have. It lacks it only when that was
	// asked for.
	alters string
	// impossible says why the token cannot be made, apart from needs, or nothing. It may be
	// nil.
	impossible func(Maker) string
	make       func(*draft) (string, error)
}

// Catalogue returns all faults, in the order of the groups.
func Catalogue() []Fault {
	all := slices.Concat(
		timeFaults(), expFaults(), expTypeFaults(), startFaults(),
		signatureFaults(), swappedFaults(), spellingFaults(), ecdsaFaults(),
		noneFaults(), confusedFaults(), algorithmFaults(), relatedFaults(), knownSecretFaults(),
		foreignKeyFaults(), keyIDFaults(), keyIDTypeFaults(), keyPathFaults(), keyNothingFaults(), criticalFaults(), headerFaults(),
		issuerFaults(), audienceFaults(), subjectFaults(), purposeFaults(), duplicateFaults(),
		formFaults(), serializationFaults(), contentFaults(), nestedFaults(), encryptedFaults(), sizeFaults(),
	)
	for i := range all {
		all[i].Status = 401
	}
	return all
}

// grouped sets the group of the faults, and the part of those that have none.
func grouped(group Group, part Part, faults ...Fault) []Fault {
	for i := range faults {
		faults[i].Group = group
		if faults[i].Part == "" {
			faults[i].Part = part
		}
	}
	return faults
}

// ByName returns the fault with this name, and whether there is one.
func ByName(name string) (Fault, bool) {
	all := Catalogue()
	if i := slices.IndexFunc(all, func(f Fault) bool { return f.Name == name }); i >= 0 {
		return all[i], true
	}
	return Fault{}, false
}
