package desk

import (
	"context"

	"tokendesk/explain"
)

// lockedByCommand asks whether to run the program that prints the key. The answer runs it,
// and is kept in the list of those that the user has agreed to run.
func lockedByCommand(d *Desk, problem error) *Locked {
	command := d.settings.Command
	trusted := d.from.Trust.Has(command)
	text := "type yes to run it now, and from now on whenever the key is needed"
	if trusted {
		text = "you have allowed it"
	}
	return &Locked{
		Asks: KeyCommand, Profile: d.settings.Profile, problem: problem, Text: text, Command: command, Trusted: trusted,
		Answer: func(answer string) (*Desk, error) {
			if !trusted {
				if answer != Yes {
					return nil, explain.Line{Tone: explain.Bad, Text: "nothing was run", Do: "type yes to run it"}
				}
				if err := d.from.Trust.Add(command); err != nil {
					return nil, err
				}
			}
			ctx := context.Background()
			output, err := d.from.Run(ctx, command)
			if err != nil {
				return nil, err
			}
			given := d.answers
			given.outputs = with(given.outputs, command.ID(), func() []byte { return output })
			return open(ctx, d.from, d.file, given), nil
		},
	}
}
