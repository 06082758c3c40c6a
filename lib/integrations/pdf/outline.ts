import * as fontkit from "fontkit";
import { faceRuns } from "./faces";
import { cutFonts } from "./fonts";
import { drawable } from "./glyphs";

type Look = { size: number; fill: string; background: string };

/** A line of text as an SVG of outlines: it looks the same wherever it is drawn, whatever fonts are there. */
export async function textSvg(text: string, { size, fill, background }: Look): Promise<string> {
  const said = drawable(text);
  const fonts = await cutFonts([{ text: said, role: "text" }]);
  const paths: string[] = [];
  let x = 0;
  for (const { text: part, face } of faceRuns(said, "text")) {
    const font = fontkit.create(fonts.get(face.key) ?? Buffer.alloc(0));
    if (!("layout" in font)) continue;
    const scale = size / font.unitsPerEm;
    const { glyphs, positions } = font.layout(part);
    glyphs.forEach((glyph, index) => {
      const place = `translate(${x.toFixed(2)} ${size}) scale(${scale} ${-scale})`;
      paths.push(`<path transform="${place}" d="${glyph.path.toSVG()}"/>`);
      x += (positions[index]?.xAdvance ?? 0) * scale;
    });
  }
  const [width, height] = [Math.max(1, Math.ceil(x)), Math.ceil(size * 1.35)];
  const back = `<rect width="${width}" height="${height}" fill="${background}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${back}<g fill="${fill}">${paths.join("")}</g></svg>`;
}
