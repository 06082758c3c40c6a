export const ZONE_COOKIE = "zone";
const FALLBACK = "UTC";

/** The reader's time zone as the browser told it last; UTC until then, and for a cookie that names no zone. */
export function zoneOf(cookie: string | undefined): string {
  if (!cookie) return FALLBACK;
  try {
    const zone = decodeURIComponent(cookie);
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return FALLBACK;
  }
}
