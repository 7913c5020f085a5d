package probe

import (
	"context"
	"time"
)

// mostStep is how long a patience waits at a time.
const mostStep = 250 * time.Millisecond

// patience is how long a request waits for its answer. It passes in small steps, and one
// that takes longer counts as two at most: while the process is suspended the answer
// comes, and nobody is there to take it.
type patience struct {
	left, step time.Duration
	last       time.Time
}

func newPatience(limit time.Duration, now time.Time) *patience {
	return &patience{left: limit, step: min(limit, max(limit/20, time.Millisecond), mostStep), last: now}
}

// pass takes the time since the last call away. It returns how long to wait until the next
// one, or 0 when nothing is left.
func (p *patience) pass(now time.Time) time.Duration {
	p.left -= min(now.Sub(p.last), 2*p.step)
	p.last = now
	return max(0, min(p.step, p.left))
}

// withPatience returns a context that is cancelled after that long, with
// [context.DeadlineExceeded] as its cause. The caller must call cancel.
func withPatience(parent context.Context, limit time.Duration) (ctx context.Context, cancel func()) {
	ctx, end := context.WithCancelCause(parent)
	p := newPatience(limit, time.Now())
	go func() {
		timer := time.NewTimer(p.step)
		defer timer.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case now := <-timer.C:
				next := p.pass(now)
				if next == 0 {
					end(context.DeadlineExceeded)
					return
				}
				timer.Reset(next)
			}
		}
	}()
	return ctx, func() { end(nil) }
}
