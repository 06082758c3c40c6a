import { type NextRequest, NextResponse } from "next/server";
import { isSecureSite, PATH_HEADER, sessionCookieName } from "@/lib/auth/cookies";
import { contentSecurityPolicy, FILE_POLICY, isFilePath, isPublicPath, securityHeaders } from "@/lib/auth/headers";

/**
 * Sets the headers, and sends away early those who cannot have a session. It is never the authority: every action,
 * route and query asks the session row itself.
 */
export function proxy(request: NextRequest): NextResponse {
  const settings = {
    nonce: Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64"),
    development: process.env.NODE_ENV === "development",
    secure: isSecureSite(process.env.NEXTAUTH_URL),
    issuer: process.env.OIDC_ISSUER || null,
  };
  const policy = contentSecurityPolicy(settings);
  const response = admit(request) ?? forward(request, settings.nonce, policy);
  response.headers.set("content-security-policy", isFilePath(request.nextUrl.pathname) ? FILE_POLICY : policy);
  for (const [name, value] of Object.entries(securityHeaders(settings))) response.headers.set(name, value);
  return response;
}

/** Next reads the nonce out of the policy in the request and puts it on its own scripts and styles. */
function forward(request: NextRequest, nonce: string, policy: string): NextResponse {
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set(PATH_HEADER, `${request.nextUrl.pathname}${request.nextUrl.search}`);
  headers.set("content-security-policy", policy);
  return NextResponse.next({ request: { headers } });
}

function admit(request: NextRequest): NextResponse | null {
  const { pathname, search } = request.nextUrl;
  if (isPublicPath(pathname) || request.cookies.has(sessionCookieName(process.env.NEXTAUTH_URL))) return null;
  if (pathname.startsWith("/api/")) {
    const body = { ok: false, error: { code: "UNAUTHENTICATED", problems: [] } };
    return NextResponse.json(body, { status: 401, headers: { "cache-control": "private, no-store" } });
  }
  const target = new URL("/sign-in", process.env.NEXTAUTH_URL ?? request.nextUrl.origin);
  if (pathname !== "/") target.searchParams.set("callbackUrl", `${pathname}${search}`);
  return NextResponse.redirect(target, 303);
}

// Prefetches too: what they bring is rendered with the page's nonce. Only files without secrets go around, and uploads to
// a data room: through here they would be held in memory and cut off. Their route asks for the session itself.
export const config = {
  matcher: ["/((?!_next/static|_next/image|favicon.ico|icon.svg|api/data-room/[^/]+/files$).*)"],
};
