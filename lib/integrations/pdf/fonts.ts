import fs from "node:fs";
import subsetFont from "subset-font";
import { type Face, faceRuns, type Role } from "./faces";

/** Behind the last glyph a reader of glyph boxes may look a few bytes further. */
const TAIL = Buffer.alloc(16);

/** The fonts of a document, each cut to the letters that it draws. */
export type Fonts = ReadonlyMap<string, Buffer>;

async function cut({ file, weight }: Face, letters: string): Promise<Buffer> {
  const whole = await fs.promises.readFile(file);
  if (weight === null) return whole;
  const made = await subsetFont(whole, letters, { targetFormat: "truetype", variationAxes: { wght: weight } });
  return Buffer.concat([made, TAIL]);
}

export async function cutFonts(texts: readonly { text: string; role: Role }[]): Promise<Fonts> {
  const wanted = new Map<string, { face: Face; letters: Set<string> }>();
  for (const { text, role } of texts) {
    for (const run of faceRuns(text, role)) {
      const known = wanted.get(run.face.key) ?? { face: run.face, letters: new Set<string>() };
      for (const letter of run.text) known.letters.add(letter);
      wanted.set(run.face.key, known);
    }
  }
  const made = new Map<string, Buffer>();
  for (const [key, { face, letters }] of [...wanted].sort(([a], [b]) => (a < b ? -1 : 1))) {
    made.set(key, await cut(face, [...letters].sort().join("")));
  }
  return made;
}
