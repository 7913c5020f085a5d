package jsontext_test

import (
	"errors"
	"fmt"

	"tokendesk/auth/jsontext"
)

func ExampleParseObject() {
	object, err := jsontext.ParseObject([]byte(`{"id": 9007199254740993, "admin": true}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	text, err := object.Set("admin", []byte("false")).MarshalJSON()
	fmt.Printf("%s %v\n", text, err)

	_, err = jsontext.ParseObject([]byte("{\n  \"admin\": true,\n  \"admin\": false\n}"))
	var syntax *jsontext.SyntaxError
	if errors.As(err, &syntax) {
		fmt.Println(syntax.Line, syntax.Column, syntax.Reason)
	}
	// Output:
	// {"id":9007199254740993,"admin":false} <nil>
	// 3 3 duplicate name "admin"
}

func ExampleWalk() {
	err := jsontext.Walk([]byte(`{"user": {"name": "ada", "roles": ["admin"]}}`), func(n jsontext.Node) {
		if text, ok := jsontext.Unquote(n.Raw); ok {
			fmt.Println(n.Path, text)
		}
	})
	fmt.Println(err)
	// Output:
	// user.name ada
	// user.roles admin
	// <nil>
}
