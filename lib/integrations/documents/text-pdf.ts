import "server-only";
import { writePdf } from "../pdf/write";

const MOST_LINES = 20_000;

/** The words of a document that cannot be drawn as it is, page by page, so that they can be read and marked. */
export async function textPdf(title: string, note: string, text: string): Promise<Uint8Array> {
  const lines = text.split("\n").slice(0, MOST_LINES);
  const made = await writePdf(
    [
      { kind: "title", pieces: [{ text: title }] },
      { kind: "paragraph", small: true, pieces: [{ text: note, muted: true }] },
      ...lines.map((line) => ({ kind: "paragraph" as const, small: true, pieces: [{ text: line }] })),
    ],
    { title, author: "", subject: note, keywords: "", at: new Date(0) },
    title,
  );
  return new Uint8Array(made);
}
