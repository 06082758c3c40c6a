const LETTERS: Readonly<Record<string, string>> = {
  ...{ ß: "ss", æ: "ae", Æ: "AE", ø: "o", Ø: "O", å: "a", Å: "A", œ: "oe", Œ: "OE", ð: "d", Ð: "D", þ: "th", Þ: "TH" },
  ...{
    ł: "l",
    Ł: "L",
    đ: "d",
    Đ: "D",
    ı: "i",
    "&": "+",
    "’": "'",
    "‘": "'",
    "–": "-",
    "—": "-",
    "·": ".",
    "@": "(at)",
  },
};

/**
 * Only what every bank takes: a–z A–Z 0–9 / - ? : ( ) . , ' + and spaces, not beginning with a slash. Letters with marks lose
 * them, anything else becomes a dot. Source: EPC217-08, SEPA requirements for an extended character set.
 */
export function plainText(text: string, most: number): string {
  const swapped = [...text].map((sign) => LETTERS[sign] ?? sign).join("");
  const plain = swapped
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Za-z0-9/?:().,'+ -]/g, ".")
    .replace(/\/{2,}/g, "/")
    .replace(/^\/+|\/+$/g, "")
    .replace(/\s+/g, " ")
    .trim();
  return (plain || ".").slice(0, most).trimEnd();
}
