import "server-only";
import { encode } from "next-auth/jwt";
import { clock } from "@/lib/clock";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { limitBody } from "./body-limit";
import { clientOf } from "./client";
import { isSecureSite, sessionCookieName } from "./cookies";
import { asAppError } from "./failures";
import { refuseForeignOrigin } from "./origin";
import { SESSION_LIFETIME_MS, safeCallbackPath } from "./rules";
import { signInWithPassword } from "./sign-in";

const LIMIT = 16_384;

/**
 * The sign-in form as a browser sends it without scripts: the same checks, limits and session as through next-auth, whose
 * own endpoint needs a token that only a script can fetch. In its place the request must come from a page of this site.
 */
export async function plainSignIn(request: Request): Promise<Response> {
  const site = env().NEXTAUTH_URL ?? new URL(request.url).origin;
  let back = "/";
  try {
    refuseForeignOrigin(request);
    const form = await limitBody(request, LIMIT).formData();
    const field = (name: string) => String(form.get(name) ?? "");
    back = safeCallbackPath(field("callbackUrl"), site);
    const typed = { email: field("email"), password: field("password"), code: field("code") };
    const outcome = await signInWithPassword(typed, clientOf(request.headers), clock.now());
    if (!outcome.ok) return refused(site, outcome.refusal, back);
    return await signedIn(site, outcome.value.sessionId, back);
  } catch (error) {
    const { code } = asAppError(error instanceof TypeError ? new AppError("INVALID_INPUT", { cause: error }) : error);
    return refused(site, code, back);
  }
}

function redirect(site: string, path: string, cookie?: string): Response {
  const headers = new Headers({ location: new URL(path, site).href, "cache-control": "private, no-store" });
  if (cookie) headers.set("set-cookie", cookie);
  return new Response(null, { status: 303, headers });
}

function refused(site: string, code: string, back: string): Response {
  const query = new URLSearchParams({ error: code, ...(back === "/" ? {} : { callbackUrl: back }) });
  return redirect(site, `/sign-in?${query}`);
}

async function signedIn(site: string, sid: string, back: string): Promise<Response> {
  const maxAge = SESSION_LIFETIME_MS / 1_000;
  const token = await encode({ token: { sid }, secret: env().NEXTAUTH_SECRET, maxAge });
  const expires = new Date(clock.now().getTime() + SESSION_LIFETIME_MS).toUTCString();
  const flags = ["Path=/", `Expires=${expires}`, "HttpOnly", "SameSite=Lax", ...(isSecureSite(site) ? ["Secure"] : [])];
  return redirect(site, back, [`${sessionCookieName(site)}=${token}`, ...flags].join("; "));
}
