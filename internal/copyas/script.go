package copyas

import (
	"strings"

	"tokendesk/auth/jsontext"
)

// powershell works in PowerShell 7 and in Windows PowerShell 5.1.
func powershell(t Token) (string, error) {
	return "Invoke-RestMethod -Uri " + quotePowerShell(t.Request.URL) +
		" -Headers @{ Authorization = " + quotePowerShell("Bearer "+t.Compact) + " }", nil
}

// fetch is one expression, so that it can be pasted into a console repeatedly and runs
// in scripts of both kinds.
func fetch(t Token) (string, error) {
	return "fetch(" + quoteScript(t.Request.URL) + ", {\n" +
		"  headers: { Authorization: " + quoteScript("Bearer "+t.Compact) + " },\n" +
		"}).then(async (answer) => console.log(answer.status, await answer.text()));", nil
}

func requests(t Token) (string, error) {
	return "import requests\n\n" +
		"answer = requests.get(\n" +
		"    " + quoteScript(t.Request.URL) + ",\n" +
		"    headers={\"Authorization\": " + quoteScript("Bearer "+t.Compact) + "},\n" +
		"    timeout=10,\n" +
		")\n" +
		"print(answer.status_code, answer.text)", nil
}

// quotePowerShell writes a text in single quotes, in which PowerShell expands nothing.
// A quote is doubled. PowerShell takes the typographic quotes for the same character.
func quotePowerShell(text string) string {
	return "'" + strings.NewReplacer("'", "''", "‘", "‘‘", "’", "’’", "‚", "‚‚", "‛", "‛‛").Replace(text) + "'"
}

// quoteScript writes a text as a string that JavaScript and Python read alike: the
// escapes of JSON mean the same in both. It never ends a script element of HTML.
func quoteScript(text string) string {
	return strings.ReplaceAll(string(jsontext.Quote(text)), "</", `\u003c/`)
}
