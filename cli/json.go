package cli

import (
	"encoding/json"
	"fmt"
	"strings"

	"tokendesk/internal/visible"
)

// show prints a result: the value as JSON, or the text.
func (p Program) show(asJSON bool, value any, text string) error {
	if asJSON {
		return p.printJSON(value)
	}
	return p.print(text)
}

// printJSON prints a value as JSON on one line. Characters that a terminal would act
// on and invisible ones are written as JSON escapes: the values are exact and the
// line is safe to print.
func (p Program) printJSON(value any) error {
	line, err := jsonLine(value)
	if err != nil {
		return err
	}
	return p.write(line)
}

// jsonLine returns the line of [Program.printJSON].
func jsonLine(value any) (string, error) {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return "", fmt.Errorf("write JSON: %w", err)
	}
	return visible.JSON(strings.TrimSuffix(b.String(), "\n")), nil
}
