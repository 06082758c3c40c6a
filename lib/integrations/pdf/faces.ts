import fs from "node:fs";
import path from "node:path";
import * as fontkit from "fontkit";

/** Which cut of which font draws a letter. Fonts come in cuts by range of letters, so that only a few are ever read. */

export type Role = "text" | "strong" | "headline";
type Cut = { family: string; file: string; ranges: readonly (readonly [number, number])[]; has?: ReadonlySet<number> };
/** A cut at a weight; null for a font that has one weight only. */
export type Face = { key: string; file: string; weight: number | null };

const MODULES = path.join(process.cwd(), "node_modules");
const SLICED = ["inter", "source-serif-4", "noto-sans-sc", "noto-sans-jp", "noto-sans-kr"] as const;
type Sliced = (typeof SLICED)[number];
const WEIGHTS: Readonly<Record<Role, number>> = { text: 400, strong: 600, headline: 600 };

const parseRanges = (text: string): [number, number][] =>
  text.split(",").map((range) => {
    const [from = "0", to = from] = range.trim().slice(2).split("-");
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
  });

const sliced = new Map<Sliced, readonly Cut[]>();

function cutsOf(family: Sliced): readonly Cut[] {
  const known = sliced.get(family);
  if (known) return known;
  const folder = path.join(MODULES, "@fontsource-variable", family);
  const ranges: Record<string, string> = JSON.parse(fs.readFileSync(path.join(folder, "unicode.json"), "utf8"));
  const cuts = Object.entries(ranges).map(
    ([name, range]): Cut => ({
      family,
      file: path.join(folder, "files", `${family}-${name.replace(/[[\]]/g, "")}-wght-normal.woff2`),
      ranges: parseRanges(range),
    }),
  );
  sliced.set(family, cuts);
  return cuts;
}

const ARABIC = parseRanges("U+0600-06FF,U+0750-077F,U+08A0-08FF,U+FB50-FDFF,U+FE70-FEFC");
const HEBREW = parseRanges("U+0590-05FF,U+FB1D-FB4F");
const written = (family: string, script: string, name: string, ranges: [number, number][]) =>
  (["Regular", "Bold"] as const).map(
    (weight): Cut => ({
      family,
      file: path.join(MODULES, `@embedpdf/fonts-${script}/fonts/${name}-${weight}.ttf`),
      ranges,
    }),
  );
const RIGHT_TO_LEFT = [
  written("arabic", "arabic", "NotoNaskhArabic", ARABIC),
  written("hebrew", "hebrew", "NotoSansHebrew", HEBREW),
];

function draws(cut: Cut, codePoint: number): boolean {
  if (!cut.has) {
    const font = fontkit.create(fs.readFileSync(cut.file));
    cut.has = new Set("characterSet" in font ? font.characterSet : []);
  }
  return cut.has.has(codePoint);
}

/** Is the letter one that the cut is there for? */
const holds = (cut: Cut, codePoint: number): boolean =>
  cut.ranges.some(([from, to]) => codePoint >= from && codePoint <= to) && draws(cut, codePoint);

/** The same Han letter is written another way in each language: kana and hangul tell which. */
export function hanOrder(text: string): readonly Sliced[] {
  if (/[\u3040-\u30ff\uff66-\uff9f]/.test(text)) return ["noto-sans-jp", "noto-sans-sc", "noto-sans-kr"];
  if (/[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]/.test(text)) return ["noto-sans-kr", "noto-sans-jp", "noto-sans-sc"];
  return ["noto-sans-sc", "noto-sans-jp", "noto-sans-kr"];
}

function candidates(role: Role, order: readonly Sliced[]): Cut[] {
  const own: Sliced[] = role === "headline" ? ["source-serif-4", "inter"] : ["inter"];
  const bold = role === "text" ? 0 : 1;
  return [
    ...own.flatMap(cutsOf),
    ...RIGHT_TO_LEFT.flatMap((cuts) => cuts[bold] ?? []),
    ...order.flatMap((family) => cutsOf(family)),
  ];
}

function faceOf(cut: Cut, role: Role): Face {
  const weight = cut.file.endsWith(".woff2") ? WEIGHTS[role] : null;
  return { key: `${path.basename(cut.file)}@${weight ?? "own"}`, file: cut.file, weight };
}

const found = new Map<string, Cut | null>();

/** The first cut in order that has the letter; null where none has. */
function cutFor(codePoint: number, role: Role, order: readonly Sliced[]): Cut | null {
  const key = `${role} ${order[0]} ${codePoint}`;
  const known = found.get(key);
  if (known !== undefined) return known;
  const cut = candidates(role, order).find((one) => holds(one, codePoint)) ?? null;
  found.set(key, cut);
  return cut;
}

export type FaceRun = { text: string; face: Face };
/** For a letter that no font has: an empty square, never nothing and never another letter. */
export const UNKNOWN_GLYPH = "\u25a1";

/** A text in runs of one face each. A blank or a mark stays with the letter before it where its face has it. */
export function faceRuns(text: string, role: Role): FaceRun[] {
  const order = hanOrder(text);
  const runs: FaceRun[] = [];
  let before: Cut | null = null;
  for (const sign of text) {
    const codePoint = sign.codePointAt(0) ?? 0;
    const follows: boolean = before !== null && /[\s\p{M}\u200c\u200d]/u.test(sign) && draws(before, codePoint);
    const own: Cut | null = follows ? before : cutFor(codePoint, role, order);
    const cut: Cut | null = own ?? cutFor(UNKNOWN_GLYPH.codePointAt(0) ?? 0, role, order);
    if (!cut) continue;
    const drawn = own ? sign : UNKNOWN_GLYPH;
    const last = runs.at(-1);
    if (last && cut === before) last.text += drawn;
    else runs.push({ text: drawn, face: faceOf(cut, role) });
    before = cut;
  }
  return runs;
}
