import { ThemeContext, type GrafanaTheme2 } from "@grafana/data";
import { GlobalStyles, PortalContainer } from "@grafana/ui";
import { useEffect, useMemo, useState, type ReactNode } from "react";
import { setTheme } from "../runtime/setup";
import { useSite } from "./site";

const systemIsDark = matchMedia("(prefers-color-scheme: dark)");

/** What the address says (`theme=light`), else what the system has. */
export function useMode(): "light" | "dark" {
  const asked = new URLSearchParams(useSite().search).get("theme");
  const [dark, setDark] = useState(systemIsDark.matches);
  useEffect(() => {
    const follow = () => setDark(systemIsDark.matches);
    systemIsDark.addEventListener("change", follow);
    return () => systemIsDark.removeEventListener("change", follow);
  }, []);
  if (asked === "light" || asked === "dark") return asked;
  return dark ? "dark" : "light";
}

/** Weights of the texts that are measured before they are drawn. */
const weights = [400, 500];

/** Whether the fonts that the global styles name are loaded, or cannot be: a number is as large as its text allows. */
function useFonts(): boolean {
  const [areThere, setThere] = useState(false);
  useEffect(() => {
    void Promise.allSettled(
      weights.map((weight) => document.fonts.load(`${String(weight)} 14px Inter`)),
    ).then(() => setThere(true));
  }, []);
  return areThere;
}

export function Themed({
  mode,
  children,
}: {
  readonly mode: "light" | "dark";
  readonly children: ReactNode;
}) {
  const theme: GrafanaTheme2 = useMemo(() => setTheme(mode), [mode]);
  useEffect(() => {
    const { style } = document.documentElement;
    style.colorScheme = mode;
    const { colors, shape } = theme;
    const variables: Readonly<Record<string, string>> = {
      "--canvas": colors.background.canvas,
      "--primary": colors.background.primary,
      "--secondary": colors.background.secondary,
      "--text": colors.text.primary,
      "--weak": colors.text.secondary,
      "--link": colors.text.link,
      "--border": colors.border.weak,
      "--control-border": colors.border.strong,
      "--warning": colors.warning.text,
      "--error": colors.error.text,
      "--focus": colors.primary.border,
      "--radius": shape.radius.default,
    };
    for (const [name, value] of Object.entries(variables)) style.setProperty(name, value);
  }, [mode, theme]);
  const fontsAreThere = useFonts();
  return (
    <ThemeContext.Provider value={theme}>
      <GlobalStyles />
      {fontsAreThere && children}
      <PortalContainer />
    </ThemeContext.Provider>
  );
}
