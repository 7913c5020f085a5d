package terminal

import (
	"reflect"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
)

const (
	// firstFrame is how soon a change is drawn after a time without any. What comes in
	// between, such as the rest of a key sequence, is drawn with it.
	firstFrame = 3 * time.Millisecond
	// nextFrame is the time between two frames while more changes follow.
	nextFrame = 8 * time.Millisecond
	// restFrame is the time between two looks for something to draw while there is nothing.
	restFrame = time.Second
	// hurry is how long after a change firstFrame holds, and calm how long after the last
	// change nextFrame does.
	hurry = 7 * time.Millisecond
	calm  = 30 * time.Millisecond
)

// Paced is a model that is drawn soon after it has changed, while its program rests as
// long as it does not change.
//
// Bubble Tea looks for something to draw at a fixed rate. At 60 times a second a key waits
// for up to 17 ms, and an idle program spends nearly all of its time on looking; at 120
// times, twice as much. It has no way to ask for a frame. So Paced changes the period of the
// ticker of the program, which is a field that is not exported. Without such a field the
// rate stays as it was set.
type Paced struct {
	tea.Model

	mu      sync.Mutex
	program *tea.Program // until its ticker is known
	ticker  *time.Ticker // or nil
	pace    pace
	changed time.Time   // when the model was drawn last
	timer   *time.Timer // changes the pace
}

// pace is how often a program looks for something to draw.
type pace int

const (
	unknown pace = iota
	resting
	hurrying
	steady
)

// NewPaced returns a model that has to be given its program.
func NewPaced(m tea.Model) *Paced { return &Paced{Model: m} }

// Drive makes the program draw the model when it has changed.
func (p *Paced) Drive(program *tea.Program) { p.program = program }

// Update hands the message to the model.
func (p *Paced) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	p.Model, cmd = p.Model.Update(msg)
	return p, cmd
}

// View returns the view of the model, and has it drawn soon.
func (p *Paced) View() tea.View {
	view := p.Model.View()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.program != nil { // its renderer has been started, by this goroutine
		p.ticker, p.program = tickerOf(p.program), nil
		p.timer = time.AfterFunc(restFrame, p.slow)
	}
	if p.ticker == nil {
		return view
	}
	p.changed = time.Now()
	if p.pace <= resting {
		p.set(hurrying, firstFrame, hurry)
	}
	return view
}

// slow changes to a slower pace unless the model keeps changing.
func (p *Paced) slow() {
	p.mu.Lock()
	defer p.mu.Unlock()
	quiet := time.Since(p.changed)
	switch {
	case p.ticker == nil || p.pace == resting:
	case p.pace == hurrying:
		p.set(steady, nextFrame, calm)
	case quiet < calm:
		p.timer.Reset(calm - quiet)
	default:
		p.pace = resting
		p.ticker.Reset(restFrame)
	}
}

// set changes the pace for at least a time.
func (p *Paced) set(to pace, every, lasting time.Duration) {
	p.pace = to
	p.ticker.Reset(every)
	p.timer.Reset(lasting)
}

// tickerOf returns the ticker at which a program looks for something to draw, or nil.
func tickerOf(program *tea.Program) *time.Ticker {
	field := reflect.ValueOf(program).Elem().FieldByName("ticker")
	if !field.IsValid() || field.Type() != reflect.TypeFor[*time.Ticker]() {
		return nil
	}
	return (*time.Ticker)(field.UnsafePointer())
}
