import "server-only";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { isSameOrigin } from "./rules";

const SAFE_METHODS = ["GET", "HEAD", "OPTIONS"];

/** A page of another site could send a form here with the person's cookies. */
export function refuseForeignOrigin(request: Request): void {
  if (SAFE_METHODS.includes(request.method)) return;
  const site = env().NEXTAUTH_URL;
  const own = [new URL(request.url).origin, ...(site ? [new URL(site).origin] : [])];
  // Next may know itself by another name than the browser does; no page can set the Host of a request.
  const host = request.headers.get("host");
  if (host) own.push(`http://${host}`, `https://${host}`);
  if (!isSameOrigin(request.headers, own)) throw new AppError("FORBIDDEN");
}
