import "server-only";
import { attachment } from "./attachment";
import { renditionOf, type Source } from "./rendition";

/** A marked rendition as an answer; where none can be made, that and nothing else. */
export async function renditionAnswer(source: Source, mark: string, words: string | null): Promise<Response> {
  const made = await renditionOf(source, mark, words);
  if (!made) return Response.json({ ok: false, refusal: "CANNOT_BE_SHOWN" }, { status: 422 });
  const ending = made.type === "image/png" ? "png" : "pdf";
  return attachment(made.bytes, `${source.title}.${ending}`, made.type, made.bytes.length);
}
