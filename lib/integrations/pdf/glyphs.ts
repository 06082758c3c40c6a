/** Signs that few fonts have, as the nearest one that is read alike. */
const NEAREST: Readonly<Record<string, string>> = {
  "\u202f": "\u00a0",
  "\u2060": "",
  "\ufeff": "",
  "\ufe0e": "",
  "\ufe0f": "",
};

/** Marks that turn the direction of what follows: a name may not rearrange the words around it. */
const STEERING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A text as it is drawn: composed letters, no control characters, blanks that a font has. */
export const drawable = (text: string): string =>
  Array.from(text.normalize("NFC").replace(STEERING, ""), (sign) => NEAREST[sign] ?? sign)
    .join("")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "")
    .replace(/[\t\n\u2028\u2029]/g, " ");
