import { rememberChoice } from "./remember-choice";
import { THEME_COOKIE, type Theme } from "./theme";

/** Changes the page at once and tells the server for the next one. */
export function chooseTheme(theme: Theme): void {
  rememberChoice(THEME_COOKIE, theme);
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
