/** Amounts that are written in words, however they are spelled. Pure. */

const CARDINALS =
  "zero nil nought naught two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen " +
  "seventeen eighteen nineteen twenty thirty forty fourty fifty sixty seventy eighty ninety";
const SCALES =
  "hundred thousand million billion trillion quadrillion lakh crore dozen myriad decade couple gazillion zillion bazillion mln mio mrd bln";
const PARTS = "half halves halve halved halving twice thrice";
const MULTIPLES =
  "double doubled doubles doubling triple tripled triples tripling treble trebled trebles trebling quadruple quadrupled " +
  "quadruples quadrupling quintuple quintupled sextuple sextupled septuple octuple tenfold";
const PERCENT = "percent pct permille pp bps bp";
// Only words that are no English words: "once", "due" and "mil" of a neighbour's language stay out where they collide.
const FOREIGN =
  "zwei drei vier fünf funf fuenf sechs sieben acht neun zehn zwölf zwolf zwoelf hundert tausend million millionen milliarde milliarden " +
  "prozent dutzend hälfte halfte verdoppelt deux trois quatre cinq huit neuf dix onze douze vingt trente quarante " +
  "cinquante soixante cent mille millions milliard milliards pourcent pourcents moitié moitie dos tres cuatro cinco seis siete " +
  "ocho nueve diez doce veinte treinta cuarenta cincuenta cien ciento millón millones mitad " +
  "quattro cinque sette dieci venti milione milioni miliardo miliardi cento metà dois quatro sete oito " +
  "vinte milhão milhao milhões milhoes bilhões twee vijf zes zeven negen tien miljoen miljard";

const words = (list: string): string[] => list.split(/\s+/);
const CORE = [...words(CARDINALS), ...words(SCALES)];
const FIXED = new Set([...words(PARTS), ...words(MULTIPLES), ...words(PERCENT), ...words(FOREIGN)]);
const CORE_SET = new Set(CORE);

const CORE_PATTERN = [...CORE, "one", "and"].sort((a, b) => b.length - a.length).join("|");
// "twentyfive", "fivemillion"; also "tenfold", "fiftyish", "twentysomething", "millionth".
const COMPOUND = new RegExp(`^(?:${CORE_PATTERN})+(?:s|ths?|fold|ish|some|something|odd|plus|x)?$`);
const INNOCENT = new Set(["one", "and", "ones", "oneness"]);

/** One lower-case word of letters only. */
export function isNumberWord(word: string): boolean {
  if (INNOCENT.has(word)) return false;
  if (FIXED.has(word) || CORE_SET.has(word)) return true;
  if (CORE_SET.has(word.replace(/s$/, "")) || CORE_SET.has(word.replace(/ies$/, "y"))) return true;
  return COMPOUND.test(word);
}

const COUNTABLE =
  "percent|percentage|per|month|year|week|day|hour|quarter|customer|client|account|user|seat|subscriber|subscription|" +
  "employee|person|euro|dollar|pound|franc|yen|krona|rupee|cent|contract|invoice|hundred|thousand|million|billion|" +
  "trillion|dozen|third|half|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twentieth|hundredth|thousandth";
const ONE_WITH_UNIT = new RegExp(`\\bone[\\s-]+(?:single[\\s-]+)?(?:${COUNTABLE})s?\\b`, "i");

const FRACTION = "third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twentieth|hundredth|thousandth";
const PHRASES: readonly { pattern: RegExp; what: string }[] = [
  { pattern: ONE_WITH_UNIT, what: "an amount in words" },
  // "a third of revenue", "fell by a quarter"; "the third quarter of" and "a quarter ago" are times.
  { pattern: new RegExp(`\\ban?\\s+(?:full\\s+|good\\s+)?(?:${FRACTION})\\s+of\\b`, "i"), what: "a fraction in words" },
  {
    pattern: new RegExp(
      `\\b(?:by|than|nearly|almost|about|over|under|roughly|around)\\s+an?\\s+(?:${FRACTION})\\b(?!\\s+(?:ago|earlier|later|before|after))`,
      "i",
    ),
    what: "a fraction in words",
  },
  {
    pattern: /\b(?:thirds|fourths|fifths|sixths|sevenths|eighths|ninths|tenths|hundredths)\b/i,
    what: "a fraction in words",
  },
  {
    pattern: /\bper[\s-]+(?:cent|mille)\b|\bpercentage\s+points?\b|\bbasis\s+points?\b/i,
    what: "a percentage in words",
  },
  { pattern: /\b(?:single|double|triple)[\s-]digits?\b/i, what: "an amount in words" },
];

// "the first half of the year" and "their first half year" are times.
const HALF_YEAR =
  /\b(?:first|second|latter|last)[\s-]+half(?:[\s-]+year\b|\s+of\s+(?:the\s+)?(?:(?:fiscal|calendar|financial)\s+)?(?:year|\uE002))/gi;

const ROMAN = /^M{0,4}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$/;
const ROMAN_WORDS = new Set([
  "I",
  "CD",
  "CI",
  "CV",
  "DC",
  "DI",
  "DM",
  "MC",
  "MD",
  "MI",
  "MIX",
  "LI",
  "C",
  "D",
  "L",
  "M",
  "V",
  "X",
]);

function isRoman(token: string): boolean {
  if (/^[A-Z]{2,}$/.test(token)) return ROMAN.test(token) && !ROMAN_WORDS.has(token);
  return /^[ivx]{2,}$/.test(token) && ROMAN.test(token.toUpperCase());
}

/** Letters set apart ("f i v e", "t.e.n") read as the word that they spell. */
const spacedWords = (text: string): string[] =>
  [...text.matchAll(/(?<!\p{L})\p{L}(?:[\s.·•_-]+\p{L}(?!\p{L})){2,}/gu)].map((match) =>
    match[0].replace(/[^\p{L}]/gu, "").toLowerCase(),
  );

/** The number word that a run of letters holds anywhere inside: "fivem". */
function hiddenWord(letters: string): string | null {
  for (let from = 0; from < letters.length - 2; from += 1) {
    for (let to = letters.length; to > from + 2; to -= 1) {
      if (isNumberWord(letters.slice(from, to))) return letters.slice(from, to);
    }
  }
  return null;
}

/**
 * The amounts in words of a text that is already normalised (NFKC, no marks, no emphasis). Dates and identifiers have
 * been taken out before. Empty: none.
 */
export function amountsInWords(text: string): { found: string; what: string }[] {
  const clean = text.replace(HALF_YEAR, " ");
  const found: { found: string; what: string }[] = [];
  for (const { pattern, what } of PHRASES) {
    const match = pattern.exec(clean);
    if (match) found.push({ found: match[0].trim(), what });
  }
  for (const [compound] of clean.matchAll(/\p{L}+(?:['’\-‐‑\u2010-\u2015]\p{L}+)*/gu)) {
    const parts = compound.split(/[^\p{L}]+/u);
    const candidates = [...parts, parts.join("")].map((part) => part.toLowerCase());
    if (candidates.some(isNumberWord)) found.push({ found: compound, what: "an amount in words" });
    else if (parts.some(isRoman)) found.push({ found: compound, what: "a Roman numeral" });
  }
  for (const letters of spacedWords(clean)) {
    const word = hiddenWord(letters);
    if (word) found.push({ found: word, what: "an amount in words" });
  }
  return found;
}
