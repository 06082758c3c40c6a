import "server-only";
import sharp from "sharp";
import { ok, type Result, refuse } from "@/lib/errors";

/** A hundred megapixels: beyond it a small file unpacks to gigabytes. */
export const MOST_PIXELS = 100_000_000;
const MOST_FRAMES = 500;

/** From its header alone; nothing is decoded. */
export async function inspectImage(
  path: string,
): Promise<Result<{ flags: string[]; pages: number }, "IMAGE_TOO_LARGE" | "IMAGE_BROKEN">> {
  const read = await sharp(path, { limitInputPixels: false, failOn: "none" })
    .metadata()
    .catch(() => null);
  if (!read?.width || !read.height) return refuse("IMAGE_BROKEN");
  const frames = read.pages ?? 1;
  if (read.width * read.height * frames > MOST_PIXELS || frames > MOST_FRAMES) return refuse("IMAGE_TOO_LARGE");
  return ok({ flags: [], pages: 1 });
}
