/** Go templates of what a notification says; one set for all receivers, so that all tell the same. */
export const templates = {
  /** One line: status, how many, and what. */
  title: `[{{ .Status | toUpper }}{{ if eq .Status "firing" }}: {{ .Alerts.Firing | len }}{{ end }}] {{ .CommonLabels.alertname }}`,
  /** Every alert of the group: its name, severity, summary and description. */
  text: [
    "{{ range .Alerts }}",
    "*Alert:* {{ .Labels.alertname }}",
    "*Severity:* {{ .Labels.severity }}",
    "*Summary:* {{ .Annotations.summary }}",
    "*Description:* {{ .Annotations.description }}",
    "{{ end }}",
  ].join("\n"),
  /** Subject of a mail: status and alert. */
  subject: "[{{ .Status | toUpper }}] {{ .CommonLabels.alertname }}",
} as const;
