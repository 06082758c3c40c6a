import "server-only";
import { attachment } from "./attachment";
import { markFor } from "./rendition";
import { watermarkPdf } from "./watermark";

type Statement = { id: string; name: string; currency: string; version: number; slug: string };
type Reader = { email: string; now: Date };

/** A holder's statement as its holder gets it: the frozen file with the mark on every page. */
export async function markedStatement(
  { id, name, currency, version, slug }: Statement,
  bytes: Uint8Array,
  { email, now }: Reader,
): Promise<Response> {
  const marked = await watermarkPdf(bytes, markFor(email, now, id));
  return attachment(marked, `${slug} ${name} ${currency} revision ${version}.pdf`, "application/pdf", marked.length);
}
