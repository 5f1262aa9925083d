// A file of its own, so that the window is ready before any of Grafana's libraries is loaded.
import "./runtime/boot";

void import("./page");
