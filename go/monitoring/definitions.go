// Package monitoring has what the generated metrics of a service are made of, on client_golang.
package monitoring

// Metric is a metric of the catalogue.
type Metric struct {
	Name string
	Help string
	// Labels in the order of the catalogue. A label that follows another may stand before it.
	Labels []Label
	// Buckets are the upper bounds of a histogram, ascending, +Inf left out.
	Buckets []float64
	// MaxLabelSets is the most label sets that are kept apart; 0 is the product of the labels' bounds.
	MaxLabelSets int
	// UnknownInOpenMetrics says that OpenMetrics has it as unknown: under its type its name would clash with another's.
	UnknownInOpenMetrics bool
	// Formerly is the name that it had, while it is being renamed: its samples are exposed under this one, too.
	Formerly string
	// FormerlyUnknownInOpenMetrics says that OpenMetrics has it as unknown under its former name.
	FormerlyUnknownInOpenMetrics bool
}

// Label is a label of a metric.
type Label struct {
	Name string
	Spec LabelSpec
}

// LabelSpec says what values a label may take: *OneOf, *Bounded or *Follows. Metrics that share one keep the same
// values apart.
type LabelSpec interface{ rest() (string, bool) }

// OneOf is a label that takes one of these values.
type OneOf struct {
	Values []string
	// Rest is the one that stands for all others; empty where there is none.
	Rest string
}

// Bounded is a label that keeps at most Max values apart; Rest stands for all further ones.
type Bounded struct {
	Max  int
	Rest string
}

// Follows is a label that has one value for each value of the label Label, and Rest where that one has its own rest.
type Follows struct {
	Label string
	Rest  string
}

func (s *OneOf) rest() (string, bool)   { return s.Rest, s.Rest != "" }
func (s *Bounded) rest() (string, bool) { return s.Rest, true }
func (s *Follows) rest() (string, bool) { return s.Rest, true }

// HTTP is the counter and the histogram of the requests that a service answers.
type HTTP struct {
	Requests Metric
	Duration Metric
}
