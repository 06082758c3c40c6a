import "server-only";
import path from "node:path";
import { degrees, PDFDocument, PDFName, rgb, StandardFonts } from "@cantoo/pdf-lib";
import sharp from "sharp";
import { MOST_PIXELS } from "./inspect-image";

const FONT = path.join(process.cwd(), "node_modules/pdfmake/fonts/Roboto/Roboto-Regular.ttf");

/** The standard fonts of a PDF draw Latin-1 only. */
const latin = (text: string): string => text.normalize("NFKD").replace(/[^\x20-\x7e]/g, "");

/** Whatever a document would start by itself, or carries along, is left out of what a guest gets. */
function disarm(pdf: PDFDocument): void {
  for (const key of ["OpenAction", "AA", "Names", "AcroForm", "JavaScript"]) pdf.catalog.delete(PDFName.of(key));
  for (const page of pdf.getPages()) {
    page.node.delete(PDFName.of("AA"));
  }
}

/** The mark across and along the foot of every page. Throws where the file cannot be opened, as an encrypted one. */
export async function watermarkPdf(bytes: Uint8Array, mark: string): Promise<Uint8Array> {
  const pdf = await PDFDocument.load(bytes, { updateMetadata: false });
  disarm(pdf);
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  const text = latin(mark);
  for (const page of pdf.getPages()) {
    const { width, height } = page.getSize();
    const size = Math.max(8, Math.min(width, height) / 38);
    const style = { font, size, color: rgb(0.45, 0.45, 0.45), opacity: 0.28 };
    const length = font.widthOfTextAtSize(text, size);
    for (let y = height * 0.08; y < height; y += height / 4) {
      for (let x = -length / 4; x < width; x += length * 1.1)
        page.drawText(text, { ...style, x, y, rotate: degrees(30) });
    }
    page.drawText(text, { font, size: 7, x: 12, y: 8, color: rgb(0.35, 0.35, 0.35), opacity: 0.9 });
  }
  return pdf.save({ useObjectStreams: false });
}

/** The mark tiled over a picture, which is drawn anew: nothing hidden in the file comes along. */
export async function watermarkImage(bytes: Uint8Array, mark: string): Promise<Buffer> {
  const image = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: "error" })
    .rotate()
    .resize({ width: 2_400, height: 2_400, fit: "inside", withoutEnlargement: true });
  const { data, info } = await image.png().toBuffer({ resolveWithObject: true });
  const escaped = mark.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const dpi = Math.max(60, Math.min(150, Math.round(info.width / 12)));
  const words = await sharp({
    text: {
      text: `<span foreground="#777777" background="#ffffff66">${escaped}</span>`,
      fontfile: FONT,
      font: "Roboto",
      rgba: true,
      dpi,
    },
  })
    .png()
    .toBuffer();
  const { width = 1, height = 1 } = await sharp(words).metadata();
  const tile = await sharp(words)
    .resize({ width: Math.min(width, info.width), fit: "inside" })
    .extend({ bottom: Math.max(20, height * 3), background: { r: 0, g: 0, b: 0, alpha: 0 } })
    .png()
    .toBuffer();
  const held = await sharp(tile).metadata();
  const fitted =
    (held.height ?? 0) > info.height
      ? await sharp(tile)
          .extract({ left: 0, top: 0, width: held.width ?? 1, height: info.height })
          .png()
          .toBuffer()
      : tile;
  return sharp(data)
    .composite([{ input: fitted, tile: true }])
    .png()
    .toBuffer();
}
