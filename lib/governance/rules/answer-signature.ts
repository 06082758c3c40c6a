import { createHmac, timingSafeEqual } from "node:crypto";

/** A signature older than this, or from the future, is refused: a letter that was caught is not sent again for ever. */
export const SIGNATURE_SECONDS = 300;
const FORM = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/;

/** "t=<seconds since 1970>,v1=<HMAC-SHA256 of "<t>.<body>" in hexadecimal digits>", as our own webhooks are signed. */
export function isSignedBy(secret: string, header: string | null, body: string, nowMs: number): boolean {
  const [, at = "", given = ""] = FORM.exec(header ?? "") ?? [];
  if (at === "" || Math.abs(nowMs / 1_000 - Number(at)) > SIGNATURE_SECONDS) return false;
  const expected = createHmac("sha256", secret).update(`${at}.${body}`).digest();
  return timingSafeEqual(expected, Buffer.from(given, "hex"));
}
