const TYPING =
  "input, textarea, select, [contenteditable=''], [contenteditable='true'], [role='textbox'], [role='combobox']";
const TOGGLES = "input[type='checkbox'], input[type='radio'], input[type='button'], input[type='submit']";

/** Keys that mean something to the page mean letters here, so they must not fire. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return target.closest(TYPING) !== null && target.closest(TOGGLES) === null;
}

/** A dialog or a menu is open: the page behind it does not listen. */
export const isCovered = (): boolean =>
  document.querySelector(
    "[role='dialog'][data-state='open'], [role='alertdialog'][data-state='open'], [role='menu'][data-state='open']",
  ) !== null;
