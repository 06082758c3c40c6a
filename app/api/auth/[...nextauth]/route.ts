import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { clientOf } from "@/lib/auth/client";
import { authOptions } from "@/lib/auth/options";

type Context = { params: Promise<{ nextauth: string[] }> };

/** The rest of next-auth's endpoints (its pages, its log, its session reader) are nobody's business here. */
const SERVED: Readonly<Record<string, readonly string[]>> = {
  GET: ["csrf", "callback", "signin", "error"],
  POST: ["signin", "callback", "signout"],
};

// Signing in is what one does without a session: the checks are next-auth's (CSRF) and lib/auth/sign-in (limits).
async function handle(request: NextRequest, context: Context): Promise<Response> {
  const [endpoint = ""] = (await context.params).nextauth;
  if (!SERVED[request.method]?.includes(endpoint)) return new Response(null, { status: 404 });
  const response: Response = await NextAuth(request, context, authOptions(clientOf(request.headers)));
  response.headers.set("cache-control", "private, no-store");
  return response;
}

export const GET = handle;
export const POST = handle;
