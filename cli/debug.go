package cli

import (
	"cmp"
	"context"
	"os"

	"tokendesk/internal/trace"
)

// debugVariable names the debug file where --debug does not.
const debugVariable = "TOKENDESK_DEBUG"

// traced returns a context that carries the debug file, if one was asked for, and
// the function that closes it.
func traced(ctx context.Context, path string) (_ context.Context, end func(), err error) {
	path = cmp.Or(path, os.Getenv(debugVariable))
	if path == "" {
		return ctx, func() {}, nil
	}
	log, err := trace.Open(path, "tokendesk "+version())
	if err != nil {
		return nil, nil, err
	}
	return trace.Into(ctx, log), log.Close, nil
}
