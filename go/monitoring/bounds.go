package monitoring

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// bounds keeps the label values of a service within those of the catalogue.
type bounds struct {
	mutex sync.Mutex
	// kept has the values of a label by their keys. The first value that a key is given stays with it.
	kept map[LabelSpec]map[string]string
}

func newBounds() *bounds { return &bounds{kept: map[LabelSpec]map[string]string{}} }

// resolver turns what a caller gives into the label values that are recorded.
type resolver struct {
	bounds   *bounds
	metric   Metric
	position map[string]int
	sets     map[string]struct{}
}

func (b *bounds) resolverOf(metric Metric) *resolver {
	position := map[string]int{}
	for index, label := range metric.Labels {
		position[label.Name] = index
	}
	return &resolver{bounds: b, metric: metric, position: position, sets: map[string]struct{}{}}
}

// resolve panics for a value that the catalogue does not allow.
func (r *resolver) resolve(given []string) []string {
	r.bounds.mutex.Lock()
	defer r.bounds.mutex.Unlock()
	resolved := make([]string, len(given))
	for index, label := range r.metric.Labels {
		resolved[index] = r.value(label, index, given, resolved)
	}
	if r.metric.MaxLabelSets == 0 {
		return resolved
	}
	if _, known := r.sets[keyOf(resolved)]; !known && len(r.sets) >= r.metric.MaxLabelSets {
		for index, label := range r.metric.Labels {
			if rest, has := label.Spec.rest(); has {
				resolved[index] = rest
			}
		}
	}
	r.sets[keyOf(resolved)] = struct{}{}
	return resolved
}

func (r *resolver) value(label Label, index int, given, resolved []string) string {
	value := given[index]
	switch spec := label.Spec.(type) {
	case *OneOf:
		if slices.Contains(spec.Values, value) {
			return value
		}
		if spec.Rest != "" {
			return spec.Rest
		}
		panic(fmt.Sprintf("%s does not allow %s=%q; allowed are %s.",
			r.metric.Name, label.Name, value, strings.Join(spec.Values, ", ")))
	case *Bounded:
		return r.bounds.first(spec, value, value, spec.Max, spec.Rest)
	case *Follows:
		at := r.position[spec.Label]
		leader := given[at]
		if at < index {
			leader = resolved[at]
		}
		if rest, has := r.metric.Labels[at].Spec.rest(); has && leader == rest {
			return spec.Rest
		}
		return r.bounds.first(spec, leader, value, 0, spec.Rest)
	}
	panic("unreachable")
}

// first is the value of a key; value where the key is new and there is room for it, else rest.
func (b *bounds) first(spec LabelSpec, key, value string, limit int, rest string) string {
	kept := b.kept[spec]
	if kept == nil {
		kept = map[string]string{}
		b.kept[spec] = kept
	}
	if found, known := kept[key]; known {
		return found
	}
	if limit > 0 && len(kept) >= limit {
		return rest
	}
	kept[key] = value
	return value
}

// knownLabelSets are all label sets of a metric whose labels have closed sets of values; none where a label is bounded.
func knownLabelSets(metric Metric) [][]string {
	sets := [][]string{{}}
	for _, label := range metric.Labels {
		spec, isClosed := label.Spec.(*OneOf)
		if !isClosed {
			return nil
		}
		var longer [][]string
		for _, set := range sets {
			for _, value := range spec.Values {
				longer = append(longer, append(slices.Clone(set), value))
			}
		}
		sets = longer
	}
	return sets
}

func keyOf(values []string) string { return strings.Join(values, "\x00") }
