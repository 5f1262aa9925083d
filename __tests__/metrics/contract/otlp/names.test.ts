import {
  labelNameOf,
  metricNameOf,
  unitNameOf,
  type Instrument,
} from "../../../../metrics/contract/otlp/names";

describe("a metric that comes by OTLP", () => {
  it.each<[name: string, unit: string, type: Instrument["type"], metric: string | undefined]>([
    // As the catalogue calls it, with a unit or without.
    ["parcels_sent_total", "", "counter", "parcels_sent_total"],
    ["parcels_sent_total", "parcels", "counter", "parcels_sent_total"],
    ["parcels_sent_total", "{parcel}", "counter", "parcels_sent_total"],
    ["parcels_sent_total", "1", "counter", "parcels_sent_total"],
    ["parcel_duration_seconds", "s", "histogram", "parcel_duration_seconds"],
    ["parcel_duration_seconds", "", "histogram", "parcel_duration_seconds"],
    // As OpenTelemetry calls it.
    ["parcels.sent", "{parcel}", "counter", "parcels_sent_total"],
    ["parcel.duration", "s", "histogram", "parcel_duration_seconds"],
    ["process.cpu.time", "s", "counter", "process_cpu_time_seconds_total"],
    ["system.memory.usage", "By", "gauge", "system_memory_usage_bytes"],
    ["system.cpu.utilization", "1", "gauge", "system_cpu_utilization_ratio"],
    ["parcels.waiting", "1", "up-down counter", "parcels_waiting"],
    ["fill_ratio_now", "1", "gauge", "fill_now_ratio"],
    ["parcels.waiting", "", "gauge", "parcels_waiting"],
    ["total.parcels", "", "counter", "parcels_total"],
    // Units that are written out, measured by another, or of nobody.
    ["parcel.weight", "kg", "gauge", "parcel_weight_kg"],
    ["network.io", "By/s", "gauge", "network_io_bytes_per_second"],
    ["network.io", "{packet}/s", "gauge", "network_io_per_second"],
    ["network.io", "By/{packet}", "gauge", "network_io_bytes"],
    ["disk.free", "%", "gauge", "disk_free_percent"],
    ["order.value", "US$", "histogram", "order_value_US_"],
    ["order.value", "US$/d", "histogram", "order_value_US_per_day"],
    // What can be no name.
    ["__parcels--sent__", "", "gauge", "parcels_sent"],
    ["5.parcels", "", "gauge", "_5_parcels"],
    ["a:b", "", "gauge", "a:b"],
    ["größe", "", "gauge", "gr_e"],
    ["😀", "", "gauge", undefined],
    ["", "", "counter", "total"],
  ])("%j in %j, a %s, is %j", (name, unit, type, metric) => {
    expect(metricNameOf({ name, unit, type })).toBe(metric);
  });

  it.each([
    ["s", "seconds"],
    ["By/s", "bytes_per_second"],
    ["1", ""],
    ["{request}", ""],
    ["US$", "US"],
    ["", ""],
    ["/s", "per_second"],
  ])("has the unit %j as %j", (unit, name) => {
    expect(unitNameOf(unit)).toBe(name);
  });

  it.each([
    ["status", "status"],
    ["http.route", "http_route"],
    ["http..route", "http__route"],
    ["5xx", "key_5xx"],
    ["_hidden", "key_hidden"],
    ["__kept", "__kept"],
    [".", "key_"],
    ["..", undefined],
    ["", undefined],
    ["😀", "key_"],
  ])("has the attribute %j as the label %j", (attribute, label) => {
    expect(labelNameOf(attribute)).toBe(label);
  });
});
