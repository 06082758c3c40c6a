import "server-only";
import { PDFDocument, PDFName, radians, rgb, StandardFonts } from "@cantoo/pdf-lib";
import sharp from "sharp";
import { textSvg } from "../pdf/outline";
import { MOST_PIXELS } from "./inspect-image";

/** The standard fonts of a PDF draw Latin-1 only. */
const latin = (text: string): string => text.normalize("NFKD").replace(/[^\x20-\x7e]/g, "");

/** Whatever a document would start by itself, or carries along, is left out of what a guest gets. */
function disarm(pdf: PDFDocument): void {
  for (const key of ["OpenAction", "AA", "Names", "AcroForm", "JavaScript"]) pdf.catalog.delete(PDFName.of(key));
  for (const page of pdf.getPages()) {
    page.node.delete(PDFName.of("AA"));
  }
}

/** The mark across and along the foot of what is seen of every page. Throws where the file cannot be opened, as an encrypted one. */
export async function watermarkPdf(bytes: Uint8Array, mark: string): Promise<Uint8Array> {
  const pdf = await PDFDocument.load(bytes, { updateMetadata: false });
  disarm(pdf);
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  const foot = latin(mark);
  // Who and when; which document it is stands at the foot.
  const across = mark.split(" · ").slice(0, 2).map(latin).join("   ");
  for (const page of pdf.getPages()) {
    // Not the whole sheet: of that a page may show a corner only.
    const seen = page.getCropBox();
    const angle = Math.min(Math.PI / 6, Math.atan2(seen.height, seen.width));
    const widest = (0.8 * seen.width) / Math.cos(angle);
    const size = Math.min(28, widest / font.widthOfTextAtSize(across, 1));
    const length = font.widthOfTextAtSize(across, size);
    for (const part of [0.2, 0.5, 0.8]) {
      const x = seen.x + seen.width / 2 - (length / 2) * Math.cos(angle);
      const y = seen.y + seen.height * part - (length / 2) * Math.sin(angle);
      const style = { font, size, color: rgb(0.45, 0.45, 0.45), opacity: 0.3 };
      page.drawText(across, { ...style, x, y, rotate: radians(angle) });
    }
    const small = Math.min(7, (seen.width - 24) / font.widthOfTextAtSize(foot, 1));
    const grey = rgb(0.35, 0.35, 0.35);
    page.drawText(foot, { font, size: Math.max(2, small), x: seen.x + 12, y: seen.y + 8, color: grey, opacity: 0.9 });
  }
  return pdf.save({ useObjectStreams: false });
}

/** The mark tiled over a picture, which is drawn anew: nothing hidden in the file comes along. */
export async function watermarkImage(bytes: Uint8Array, mark: string): Promise<Buffer> {
  const image = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: "error" })
    .rotate()
    .resize({ width: 2_400, height: 2_400, fit: "inside", withoutEnlargement: true });
  const { data, info } = await image.png().toBuffer({ resolveWithObject: true });
  const size = Math.max(12, Math.min(30, Math.round(info.width / 60)));
  const svg = await textSvg(mark, { size, fill: "#777777", background: "#ffffff66" });
  const words = await sharp(Buffer.from(svg)).png().toBuffer();
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
