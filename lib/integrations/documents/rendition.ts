import "server-only";
import { buffer } from "node:stream/consumers";
import { kindOfType } from "@/lib/data-room/rules/file-types";
import { blobStore } from "../storage/blob-store";
import { textPdf } from "./text-pdf";
import { watermarkImage, watermarkPdf } from "./watermark";

/** Larger files would hold the server up for one reader. */
const MOST_BYTES = 80 * 1_048_576;

export type Source = { hash: string; type: string; sizeBytes: number; title: string };
export type Rendition = { bytes: Uint8Array; type: "application/pdf" | "image/png" };

/** What a guest gets of a document: the mark on every page of a PDF and on every picture, never the file itself. Null where none can be made. */
export async function renditionOf(source: Source, mark: string, words: string | null): Promise<Rendition | null> {
  if (source.sizeBytes > MOST_BYTES) return null;
  const kind = kindOfType(source.type);
  try {
    if (kind === "pdf") return { bytes: await watermarkPdf(await bytesOf(source), mark), type: "application/pdf" };
    if (kind === "image") return { bytes: await watermarkImage(await bytesOf(source), mark), type: "image/png" };
    if (words === null) return null;
    const note = "The words of the document, without its layout.";
    return { bytes: await watermarkPdf(await textPdf(source.title, note, words), mark), type: "application/pdf" };
  } catch {
    // A file that cannot be drawn cannot be marked, and is then not shown.
    return null;
  }
}

const bytesOf = async ({ hash }: Source): Promise<Buffer> => buffer(await blobStore().read(hash));

/** Of these the mark is drawn on the file itself, also for a download; of the rest a download is the file as it is. */
export const isMarkable = (type: string): boolean => ["pdf", "image"].includes(kindOfType(type));

export const markFor = (email: string, now: Date, documentId: string): string =>
  `${email} · ${now.toISOString().slice(0, 16).replace("T", " ")} UTC · ${documentId}`;
