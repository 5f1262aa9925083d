package monitoring

import (
	"fmt"
	"slices"
	"strings"

	dto "github.com/prometheus/client_model/go"
	"google.golang.org/protobuf/proto"
)

// gathered has all metrics, and those that are being renamed under their former names, too, with the same samples.
func (s *Service) gathered() ([]*dto.MetricFamily, error) {
	families, err := s.Registry.Gather()
	if len(s.formerly) == 0 {
		return families, err
	}
	for _, family := range families {
		formerly, isRenamed := s.formerly[family.GetName()]
		if !isRenamed {
			continue
		}
		help := fmt.Sprintf("Former name of %s: %s", family.GetName(), family.GetHelp())
		families = append(families, &dto.MetricFamily{
			Name: proto.String(formerly), Help: proto.String(help),
			Type: family.Type, Unit: family.Unit, Metric: family.Metric,
		})
	}
	slices.SortFunc(families, func(a, b *dto.MetricFamily) int {
		return strings.Compare(a.GetName(), b.GetName())
	})
	return families, err
}
