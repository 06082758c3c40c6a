/** Shared with proxy.ts, so nothing heavy is imported here. The names are those that next-auth expects. */
export const SESSION_COOKIE = "next-auth.session-token";

export const isSecureSite = (siteUrl: string | undefined): boolean => siteUrl?.startsWith("https://") ?? false;

/** Over https the browser itself refuses to send it in clear. */
export const sessionCookieName = (siteUrl: string | undefined): string =>
  isSecureSite(siteUrl) ? `__Secure-${SESSION_COOKIE}` : SESSION_COOKIE;

/** proxy.ts tells the page its own address, so that sign-in can lead back to it. Always overwritten, never believed. */
export const PATH_HEADER = "x-path";
