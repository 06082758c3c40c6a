import { OTHER_TITLE, TEMPLATE } from "./index-template";

/** Where a dropped file belongs, by the names of its folders. A guess is made only where it is plain. Pure. */

export type Slot = { id: string; section: number; number: number; title: string };

const SMALL_WORDS = new Set([
  "and",
  "or",
  "of",
  "the",
  "with",
  "by",
  "to",
  "in",
  "for",
  "a",
  "und",
  "der",
  "die",
  "all",
  "each",
  "other",
]);
const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1 && !SMALL_WORDS.has(word))
    .map((word) => (word.length > 4 ? word.replace(/s$/, "") : word));

const DATE = /^\s*\d{1,2}[._-]\d{1,2}[._-]\d{4}/;

/** "3.2 Audit", "03_02-audit" or "3 Financial": the numbers that a folder or file begins with. */
export function leadingNumbers(name: string): { section: number; number: number | null } | null {
  if (DATE.test(name)) return null;
  const match = /^\s*0*(\d{1,2})(?:\s*[._-]\s*0*(\d{1,2}))?(?!\d)/.exec(name);
  const section = Number(match?.[1] ?? 0);
  if (!match || section < 1 || section > TEMPLATE.length) return null;
  return { section, number: match[2] ? Number(match[2]) : null };
}

function sectionByWords(folder: string): number | null {
  const words = new Set(wordsOf(folder));
  const scored = TEMPLATE.map(({ number, title, words: more }) => {
    const known = new Set([...wordsOf(title), ...more.flatMap(wordsOf)]);
    return { number, score: [...words].filter((word) => known.has(word)).length };
  }).toSorted((a, b) => b.score - a.score);
  const [first, second] = scored;
  return first && first.score > 0 && first.score > (second?.score ?? 0) ? first.number : null;
}

/** The slot whose title shares the most words with the name; null where two are equal, or nothing is shared. */
function slotByWords(slots: readonly Slot[], text: string): Slot | null {
  const words = new Set(wordsOf(text));
  const scored = slots
    .map((slot) => {
      const named = wordsOf(slot.title);
      const shared = named.filter((word) => words.has(word)).length;
      const apart = named.findIndex((word) => !words.has(word));
      const leading = apart < 0 ? named.length : apart;
      // Of two that share as many words the one that says less beside them, then the one that begins with them.
      return { slot, score: shared + shared / (named.length + 1) + leading / 100 };
    })
    .toSorted((a, b) => b.score - a.score);
  const [first, second] = scored;
  return first && first.score > 0 && first.score > (second?.score ?? 0) ? first.slot : null;
}

/** The innermost folder that names a section decides; inside it the names choose the item. Null is "unsorted". */
export function placeFor(folders: readonly string[], fileName: string, slots: readonly Slot[]): Slot | null {
  const stem = fileName.replace(/\.[^.]*$/, "");
  for (const folder of [stem, ...folders.toReversed()]) {
    const numbered = leadingNumbers(folder);
    if (!numbered || (folder === stem && numbered.number === null)) continue;
    const exact = slots.find((slot) => slot.section === numbered.section && slot.number === numbered.number);
    if (exact) return exact;
  }
  const byNumber = folders
    .toReversed()
    .map(leadingNumbers)
    .find((one) => one !== null)?.section;
  const section =
    byNumber ??
    folders
      .toReversed()
      .map(sectionByWords)
      .find((one) => one !== null);
  if (section === undefined || section === null) return null;
  const held = slots.filter((slot) => slot.section === section);
  return slotByWords(held, [...folders, stem].join(" ")) ?? held.find(({ title }) => title === OTHER_TITLE) ?? null;
}
