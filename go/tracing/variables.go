package tracing

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// variables are those of tracing that are set, as they are given.
type variables map[string]string

// variablesOf leaves out those that are empty: OpenTelemetry takes these as not set.
func variablesOf(environ []string) variables {
	found := variables{}
	for _, each := range environ {
		name, value, _ := strings.Cut(each, "=")
		if strings.TrimSpace(value) != "" && (strings.HasPrefix(name, "OTEL_") || strings.HasPrefix(name, "JAEGER_")) {
			found[name] = value
		}
	}
	return found
}

// of is a value, in lower case; empty where the variable is not set.
func (v variables) of(name string) string { return strings.ToLower(strings.TrimSpace(v[name])) }

// What OpenTelemetry's packages, or this one, do as the specification says.
var honoured = regexp.MustCompile(`^(?:OTEL_SERVICE_NAME|JAEGER_AGENT_HOST` +
	`|OTEL_EXPORTER_OTLP_(?:TRACES_)?(?:ENDPOINT|HEADERS|CERTIFICATE|CLIENT_KEY|CLIENT_CERTIFICATE)` +
	// What OpenTelemetry's packages for Go try out is theirs.
	`|OTEL_GO_.+)$`)

var (
	// numbers are limits.
	numbers = regexp.MustCompile(`^OTEL_(?:(?:SPAN_|EVENT_|LINK_)?ATTRIBUTE_COUNT_LIMIT` +
		`|(?:SPAN_)?ATTRIBUTE_VALUE_LENGTH_LIMIT|SPAN_(?:EVENT|LINK)_COUNT_LIMIT)$`)
	// positiveNumbers are sizes, and times in milliseconds.
	positiveNumbers = regexp.MustCompile(`^OTEL_(?:EXPORTER_OTLP_(?:TRACES_)?TIMEOUT` +
		`|BSP_(?:SCHEDULE_DELAY|EXPORT_TIMEOUT|MAX_QUEUE_SIZE|MAX_EXPORT_BATCH_SIZE))$`)
)

// choice is a variable of which only some values are honoured.
type choice struct {
	name *regexp.Regexp
	// allowed are in lower case.
	allowed []string
	// isList says that several may stand there, with commas between them.
	isList bool
	// used is what is done instead of another.
	used string
}

var choices = []choice{
	{regexp.MustCompile(`^OTEL_SDK_DISABLED$`), []string{"true", "false"}, false, "tracing stays on"},
	{regexp.MustCompile(`^OTEL_TRACES_EXPORTER$`), []string{"otlp", "none"}, false, "spans are sent by otlp"},
	{
		regexp.MustCompile(`^OTEL_EXPORTER_OTLP_(?:TRACES_)?PROTOCOL$`),
		[]string{"http/protobuf"}, false, "spans are sent by http/protobuf",
	},
	{
		regexp.MustCompile(`^OTEL_EXPORTER_OTLP_(?:TRACES_)?COMPRESSION$`),
		[]string{"gzip", "none"}, false, "spans are sent uncompressed",
	},
	{
		regexp.MustCompile(`^OTEL_TRACES_SAMPLER$`),
		[]string{
			"always_on", "parentbased_always_on", "always_off", "parentbased_always_off",
			"traceidratio", "parentbased_traceidratio",
		}, false, "parentbased_always_on is used",
	},
	{
		regexp.MustCompile(`^OTEL_PROPAGATORS$`),
		[]string{"tracecontext", "baggage"}, true, "tracecontext and baggage are used",
	},
	{
		regexp.MustCompile(`^OTEL_METRICS_EXPORTER$`),
		[]string{"none", "prometheus"}, false, "metrics are at /metrics only",
	},
	{
		regexp.MustCompile(`^OTEL_LOGS_EXPORTER$`),
		[]string{"none", "console"}, false, "log lines stay where the service writes them",
	},
}

// warnings are what to warn of, a sentence each: a variable that is set and not honoured, by its name, what was found and
// what is used instead. The endpoint is empty where nothing names a collector.
func (v variables) warnings(endpoint string) []string {
	var found []string
	for _, name := range slices.Sorted(maps.Keys(v)) {
		if warning := v.warning(name); warning != "" {
			found = append(found, warning)
		}
	}
	if exporter := strings.TrimSpace(v["OTEL_TRACES_EXPORTER"]); exporter != "" && endpoint == "" {
		found = append(found, fmt.Sprintf("OTEL_TRACES_EXPORTER: found %q, but no collector is named: tracing is off."+
			" Set OTEL_EXPORTER_OTLP_ENDPOINT.", exporter))
	}
	return found
}

// warning is empty where there is nothing to warn of.
func (v variables) warning(name string) string {
	value := strings.TrimSpace(v[name])
	instead := func(allowed, used string) string {
		return fmt.Sprintf("%s: found %q, allowed: %s; %s.", name, value, allowed, used)
	}
	at := slices.IndexFunc(choices, func(each choice) bool { return each.name.MatchString(name) })
	switch {
	case at >= 0:
		if !choices[at].allows(value) {
			return instead(strings.Join(choices[at].allowed, ", "), choices[at].used)
		}
	case numbers.MatchString(name):
		// OpenTelemetry's packages do not take spaces beside it.
		if _, err := strconv.Atoi(v[name]); err != nil {
			return instead("a whole number", "its default is used")
		}
	case positiveNumbers.MatchString(name):
		if v.positive(name, 0) == 0 {
			return instead("a whole number from 1", "its default is used")
		}
	case name == "OTEL_TRACES_SAMPLER_ARG":
		if !strings.HasSuffix(v.of("OTEL_TRACES_SAMPLER"), "traceidratio") {
			return name + " is set and not honoured: OTEL_TRACES_SAMPLER names no ratio."
		}
		if !v.hasSoundRatio() {
			return instead("a number from 0 to 1", "every trace is kept")
		}
	case name == "OTEL_RESOURCE_ATTRIBUTES":
		for pair := range strings.SplitSeq(value, ",") {
			if !strings.Contains(pair, "=") {
				return instead("name=value, with commas between several", "what is none of these is left out")
			}
		}
	case !honoured.MatchString(name):
		// Its value may be a secret.
		return name + " is set and not honoured."
	}
	return ""
}

func (c choice) allows(value string) bool {
	values := []string{value}
	if c.isList {
		values = strings.Split(value, ",")
	}
	return !slices.ContainsFunc(values, func(each string) bool {
		return !slices.Contains(c.allowed, strings.ToLower(strings.TrimSpace(each)))
	})
}
