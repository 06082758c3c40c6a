import "server-only";
import path from "node:path";
import pdfmake from "pdfmake";
import { drawable } from "../pdf-glyphs";

const FONTS = path.join(process.cwd(), "node_modules/pdfmake/fonts/Roboto");
const file = (style: string): string => path.join(FONTS, `Roboto-${style}.ttf`);
const FILES = {
  normal: file("Regular"),
  bold: file("Medium"),
  italics: file("Italic"),
  bolditalics: file("MediumItalic"),
};

/** The words of a document that cannot be drawn as it is, page by page, so that they can be read and marked. */
export async function textPdf(title: string, note: string, text: string): Promise<Uint8Array> {
  pdfmake.setFonts({ Roboto: { ...FILES } });
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((asked) => Object.values(FILES).includes(asked));
  const lines = text.split("\n").slice(0, 20_000);
  const made = pdfmake.createPdf({
    pageSize: "A4",
    pageMargins: [56, 56, 56, 56],
    defaultStyle: { font: "Roboto", fontSize: 9.5, lineHeight: 1.25 },
    content: [
      { text: drawable(title), fontSize: 16, bold: true },
      { text: drawable(note), fontSize: 8.5, color: "#55585e", margin: [0, 2, 0, 12] },
      ...lines.map((line) => ({ text: drawable(line), margin: [0, 0, 0, 3] as [number, number, number, number] })),
    ],
  });
  return new Uint8Array(await made.getBuffer());
}
