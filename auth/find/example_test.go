package find_test

import (
	"fmt"

	"tokendesk/auth/find"
)

func ExampleTokens() {
	found, err := find.Tokens(`{"access_token": "eyJhbGciOiJIUzI1NiJ9.e30.c2ln", "token_type": "bearer"}`, find.MaxPasted)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(found[0].Compact)
	fmt.Println(found[0].Around[0])
	// Output:
	// eyJhbGciOiJIUzI1NiJ9.e30.c2ln
	// the value of access_token
}
