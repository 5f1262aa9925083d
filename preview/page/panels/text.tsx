import { PanelPlugin, renderTextPanelMarkdown, textUtil, type PanelProps } from "@grafana/data";

interface Options {
  readonly mode: "markdown" | "html" | "code";
  readonly content: string;
}

/** A text of the dashboard's author, whose markup runs nothing. */
function Text({ options: { mode, content }, replaceVariables }: PanelProps<Options>) {
  const text = replaceVariables(content, {}, "text");
  if (mode === "code") return <pre className="panel-text">{text}</pre>;
  const html = mode === "html" ? textUtil.sanitize(text) : renderTextPanelMarkdown(text);
  return <div className="panel-text markdown-html" dangerouslySetInnerHTML={{ __html: html }} />;
}

export const plugin = new PanelPlugin<Options>(Text);
