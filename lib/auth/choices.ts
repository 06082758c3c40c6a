import "server-only";
import { env } from "@/lib/env";
import { DEMO_SIGN_INS } from "./demo";
import { isOidcConfigured } from "./options";
import { safeCallbackPath } from "./rules";

/** What the sign-in page offers here: a way back inside this site, the identity provider, and in a demo its people. */
export function signInChoices(callbackUrl: string | null) {
  const settings = env();
  return {
    callbackPath: safeCallbackPath(callbackUrl, settings.NEXTAUTH_URL ?? "http://127.0.0.1"),
    identityProvider: isOidcConfigured(settings) ? settings.OIDC_NAME : null,
    demo: settings.DEMO === "1" ? DEMO_SIGN_INS.map(({ ...signIn }) => signIn) : [],
  };
}
