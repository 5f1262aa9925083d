"""What a service measures and traces, as the catalogue of metrics has it."""
