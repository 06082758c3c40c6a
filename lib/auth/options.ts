import "server-only";
import type { NextAuthOptions } from "next-auth";
import type { CredentialsConfig } from "next-auth/providers/credentials";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { clock } from "@/lib/clock";
import { type Env, env } from "@/lib/env";
import { logger } from "@/lib/logger";
import { isSecureSite } from "./cookies";
import { claimsOf, personOfIdentity } from "./identity";
import { SESSION_LIFETIME_MS, safeCallbackPath } from "./rules";
import { type Client, endOwnSession, startSession } from "./sessions";
import { type SignInRefusal, signInWithInvitation, signInWithPassword } from "./sign-in";

type Fields = Record<string, string> | undefined;
type Outcome = { ok: true; value: { userId: string; sessionId: string } } | { ok: false; refusal: SignInRefusal };

/** next-auth hands a thrown message to the sign-in page as `?error=`: it is a code of ours, never a cause. */
const signedIn = (outcome: Outcome) => {
  if (!outcome.ok) throw new Error(outcome.refusal);
  return { id: outcome.value.userId, sid: outcome.value.sessionId };
};

function credentials(id: string, signIn: (fields: Fields) => Promise<Outcome>): CredentialsConfig {
  const authorize = async (fields: Fields) => signedIn(await signIn(fields));
  return { id, name: id, type: "credentials", credentials: {}, authorize };
}

export const isOidcConfigured = (settings: Env): boolean =>
  Boolean(settings.OIDC_ISSUER && settings.OIDC_CLIENT_ID && settings.OIDC_CLIENT_SECRET);

/** Authorization code flow with PKCE, state and nonce; the id token is verified against the issuer's keys. */
export function oidcProvider(settings: Env): OAuthConfig<Record<string, unknown>> {
  const issuer = (settings.OIDC_ISSUER ?? "").replace(/\/$/, "");
  return {
    id: "oidc",
    name: settings.OIDC_NAME,
    type: "oauth",
    issuer: settings.OIDC_ISSUER,
    wellKnown: `${issuer}/.well-known/openid-configuration`,
    clientId: settings.OIDC_CLIENT_ID,
    clientSecret: settings.OIDC_CLIENT_SECRET,
    authorization: { params: { scope: "openid email profile" } },
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    profile: (profile) => ({ id: claimsOf(profile).subject }),
  };
}

type Incoming = { user: { id: string; sid?: string }; profile?: Record<string, unknown>; client: Client };

/** Turns the issuer's person into ours and starts the session; a string is where the browser goes instead. */
async function acceptIdentity({ user, profile, client }: Incoming): Promise<true | string> {
  const settings = env();
  const now = clock.now();
  const person = await personOfIdentity(
    settings.OIDC_ISSUER ?? "",
    claimsOf(profile ?? {}),
    settings.OIDC_ALLOW_DOMAIN,
    now,
  );
  if (!person.ok) {
    logger.info({ refusal: person.refusal }, "sign-in by identity provider refused");
    return `/sign-in?error=${person.refusal}`;
  }
  const { userId } = person.value;
  // Coming from the issuer is what typing the password is to others.
  const proof = { steppedUpAt: now, passwordChangedAt: null };
  const sid = await startSession({ userId, method: "oidc", client, now, ...proof });
  if (!sid) return "/sign-in?error=DISABLED";
  user.id = userId;
  user.sid = sid;
  return true;
}

/** Made per request, because a session remembers where it was started from. */
export function authOptions(client: Client): NextAuthOptions {
  const settings = env();
  return {
    secret: settings.NEXTAUTH_SECRET,
    session: { strategy: "jwt", maxAge: SESSION_LIFETIME_MS / 1_000 },
    useSecureCookies: isSecureSite(settings.NEXTAUTH_URL),
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    providers: [
      credentials("password", (fields) => signInWithPassword(fields, client, clock.now())),
      credentials("invitation", (fields) => signInWithInvitation(fields, client, clock.now())),
      ...(isOidcConfigured(settings) ? [oidcProvider(settings)] : []),
    ],
    callbacks: {
      signIn: async ({ user, account, profile }) =>
        account?.provider === "oidc"
          ? await acceptIdentity({ user, profile: profile as Record<string, unknown> | undefined, client })
          : true,
      // The cookie holds the session's id and nothing about the person.
      jwt: ({ token, user }) => (user ? { sid: (user as { sid?: string }).sid } : { sid: token.sid }),
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url, baseUrl }) => `${baseUrl}${safeCallbackPath(url, baseUrl)}`,
    },
    events: {
      signOut: async ({ token }) => {
        if (typeof token?.sid === "string") await endOwnSession(token.sid, clock.now());
      },
    },
    logger: {
      error: (code, metadata) => logger.warn({ code, metadata: String(metadata) }, "next-auth"),
      warn: (code) => logger.debug({ code }, "next-auth"),
      debug: () => undefined,
    },
  };
}
