/** Signs that the embedded font lacks, as the nearest that it has. */
const NEAREST: Readonly<Record<string, string>> = {
  "\u202f": "\u00a0",
  "\u2060": "",
  "→": "›",
  "←": "‹",
  "▲": "◊",
  "▼": "◊",
  "★": "*",
};

/** What Roboto, as pdfmake ships it, can draw: Latin, Greek, Cyrillic, Vietnamese, and the signs of prose and money. */
const DRAWN =
  /^[\n\t\u0020-\u007e\u00a0-\u017f\u018f\u0192\u01a0\u01a1\u01af\u01b0\u01f0\u01fa-\u01ff\u0218-\u021b\u0259\u02bc\u02c6\u02c7\u02c9\u02d8-\u02dd\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u0486\u0488-\u0513\u1e80-\u1e85\u1e9e\u1ea0-\u1ef9\u2000-\u200b\u2010\u2011\u2013-\u2015\u2017-\u201e\u2020-\u2022\u2025-\u2027\u2030\u2032\u2033\u2039\u203a\u203c\u2044\u2070\u2074-\u208e\u20a3\u20a4\u20a6-\u20ac\u20b1\u20b9\u20ba\u20bc\u20bd\u2105\u2113\u2116\u2122\u2126\u215b-\u215e\u2202\u2206\u220f\u2211\u2212\u221a\u221e\u222b\u2248\u2260\u2264\u2265\u25a0\u25ca\u25cb\u25cf]$/u;

const draw = (character: string): string => NEAREST[character] ?? (DRAWN.test(character) ? character : "\ufffd");

/** A text as the embedded font can draw it: a mark that has no composed letter, and what else it lacks, becomes �, never nothing and never another letter. */
export const drawable = (text: string): string => Array.from(text.normalize("NFC"), draw).join("");
