package monitoring

import "time"

// Base units. A value of a metric in one of them has its type, so that none is taken for another.
type (
	Seconds float64
	Bytes   float64
	Dollars float64
	Euros   float64
	Ratio   float64
	Meters  float64
	Celsius float64
	Joules  float64
)

// SecondsOf is a duration in seconds.
func SecondsOf(d time.Duration) Seconds { return Seconds(d.Seconds()) }
