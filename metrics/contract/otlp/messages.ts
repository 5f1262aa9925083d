import { parse, type Type } from "protobufjs";

/** What OTLP carries and is looked at here. */
export type Signal = "metrics" | "traces";

/**
 * The messages of OTLP 1, with the field numbers of opentelemetry-proto 1
 * (https://github.com/open-telemetry/opentelemetry-proto). Exemplars are left out: nothing reads them. Enumerations are
 * numbers, in JSON too.
 */
const { root } = parse(`
  syntax = "proto3";
  message MetricsRequest { repeated ResourceMetrics resource_metrics = 1; }
  message ResourceMetrics { Resource resource = 1; repeated ScopeMetrics scope_metrics = 2; string schema_url = 3; }
  message ScopeMetrics { Scope scope = 1; repeated Metric metrics = 2; string schema_url = 3; }
  message Metric {
    string name = 1; string description = 2; string unit = 3;
    oneof data {
      Gauge gauge = 5; Sum sum = 7; Histogram histogram = 9; ExponentialHistogram exponential_histogram = 10;
      Summary summary = 11;
    }
  }
  message Gauge { repeated NumberPoint data_points = 1; }
  message Sum { repeated NumberPoint data_points = 1; int32 aggregation_temporality = 2; bool is_monotonic = 3; }
  message Histogram { repeated HistogramPoint data_points = 1; int32 aggregation_temporality = 2; }
  message ExponentialHistogram { repeated ExponentialPoint data_points = 1; int32 aggregation_temporality = 2; }
  message Summary { repeated SummaryPoint data_points = 1; }
  message NumberPoint {
    repeated KeyValue attributes = 7; fixed64 time_unix_nano = 3; uint32 flags = 8;
    oneof value { double as_double = 4; sfixed64 as_int = 6; }
  }
  message HistogramPoint {
    repeated KeyValue attributes = 9; fixed64 time_unix_nano = 3; uint32 flags = 10;
    fixed64 count = 4; optional double sum = 5; repeated fixed64 bucket_counts = 6; repeated double explicit_bounds = 7;
  }
  message ExponentialPoint {
    repeated KeyValue attributes = 1; fixed64 time_unix_nano = 3; uint32 flags = 10;
    fixed64 count = 4; optional double sum = 5;
  }
  message SummaryPoint {
    repeated KeyValue attributes = 7; fixed64 time_unix_nano = 3; uint32 flags = 8;
    fixed64 count = 4; double sum = 5; repeated Quantile quantile_values = 6;
  }
  message Quantile { double quantile = 1; double value = 2; }

  message TracesRequest { repeated ResourceSpans resource_spans = 1; }
  message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; string schema_url = 3; }
  message ScopeSpans { Scope scope = 1; repeated Span spans = 2; string schema_url = 3; }
  message Span {
    bytes trace_id = 1; bytes span_id = 2; string trace_state = 3; bytes parent_span_id = 4; string name = 5; int32 kind = 6;
    fixed64 start_time_unix_nano = 7; fixed64 end_time_unix_nano = 8;
    repeated KeyValue attributes = 9; uint32 dropped_attributes_count = 10;
    repeated Event events = 11; uint32 dropped_events_count = 12;
    repeated Link links = 13; uint32 dropped_links_count = 14; SpanStatus status = 15; fixed32 flags = 16;
  }
  message Event {
    fixed64 time_unix_nano = 1; string name = 2; repeated KeyValue attributes = 3; uint32 dropped_attributes_count = 4;
  }
  message Link {
    bytes trace_id = 1; bytes span_id = 2; string trace_state = 3; repeated KeyValue attributes = 4;
    uint32 dropped_attributes_count = 5; fixed32 flags = 6;
  }
  message SpanStatus { string message = 2; int32 code = 3; }

  message Resource { repeated KeyValue attributes = 1; uint32 dropped_attributes_count = 2; }
  message Scope {
    string name = 1; string version = 2; repeated KeyValue attributes = 3; uint32 dropped_attributes_count = 4;
  }
  message KeyValue { string key = 1; AnyValue value = 2; }
  message AnyValue {
    oneof value {
      string string_value = 1; bool bool_value = 2; int64 int_value = 3; double double_value = 4;
      ArrayValue array_value = 5; KeyValueList kvlist_value = 6; bytes bytes_value = 7;
    }
  }
  message ArrayValue { repeated AnyValue values = 1; }
  message KeyValueList { repeated KeyValue values = 1; }

  message Refusal { int32 code = 1; string message = 2; }
`);

/** The message that a sender sends of each signal. */
export const requestTypes: Readonly<Record<Signal, Type>> = {
  metrics: root.lookupType("MetricsRequest"),
  traces: root.lookupType("TracesRequest"),
};

/** What a request is refused with: `google.rpc.Status`. */
export const refusalType = root.lookupType("Refusal");
