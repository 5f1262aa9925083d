package monitoring

import (
	"strings"
	"testing"
)

func resolved(resolver *resolver, values ...string) string {
	return strings.Join(resolver.resolve(values), " ")
}

func TestValuesBeyondTheBoundCountUnderTheRest(t *testing.T) {
	town := &Bounded{Max: 2, Rest: "elsewhere"}
	resolver := newBounds().resolverOf(Metric{Name: "sent_total", Labels: []Label{{"town", town}}})
	for _, each := range [][2]string{{"Ulm", "Ulm"}, {"Bonn", "Bonn"}, {"Kiel", "elsewhere"}, {"Ulm", "Ulm"}} {
		if found := resolved(resolver, each[0]); found != each[1] {
			t.Errorf("%s is kept as %s, want %s", each[0], found, each[1])
		}
	}
}

func TestMetricsThatShareALabelKeepTheSameValuesApart(t *testing.T) {
	bounds, town := newBounds(), &Bounded{Max: 1, Rest: "elsewhere"}
	first := bounds.resolverOf(Metric{Name: "sent_total", Labels: []Label{{"town", town}}})
	labels := []Label{{"town", town}, {"name", &Follows{Label: "town", Rest: "others"}}}
	second := bounds.resolverOf(Metric{Name: "waiting", Labels: labels})
	resolved(first, "Ulm")
	for given, want := range map[[2]string]string{
		{"Kiel", "at the sea"}:  "elsewhere others",
		{"Ulm", "at the river"}: "Ulm at the river",
	} {
		if found := resolved(second, given[0], given[1]); found != want {
			t.Errorf("%v is kept as %q, want %q", given, found, want)
		}
	}
	if found := resolved(second, "Ulm", "on the hill"); found != "Ulm at the river" {
		t.Errorf("the first value does not stay: %q", found)
	}
}

func TestLabelSetsBeyondTheBoundTakeTheRestOfEachLabelThatHasOne(t *testing.T) {
	labels := []Label{{"by", &OneOf{Values: []string{"road", "rail"}}}, {"to", &Bounded{Max: 9, Rest: "elsewhere"}}}
	resolver := newBounds().resolverOf(Metric{Name: "carried_total", Labels: labels, MaxLabelSets: 2})
	for _, each := range [][3]string{
		{"road", "Ulm", "road Ulm"}, {"rail", "Ulm", "rail Ulm"}, {"rail", "Bonn", "rail elsewhere"}, {"road", "Ulm", "road Ulm"},
	} {
		if found := resolved(resolver, each[0], each[1]); found != each[2] {
			t.Errorf("%v is kept as %q", each, found)
		}
	}
}

func TestAValueThatIsNotAllowedIsRefusedWithThoseThatAre(t *testing.T) {
	defer func() {
		if said, _ := recover().(string); !strings.Contains(said, `does not allow by="air"; allowed are road, rail`) {
			t.Errorf("it says %q", said)
		}
	}()
	labels := []Label{{"by", &OneOf{Values: []string{"road", "rail"}}}}
	resolved(newBounds().resolverOf(Metric{Name: "carried_total", Labels: labels}), "air")
}
