/** next-auth's own protocol: its token against cross-site requests first, then the form; the answer is an address. */
async function post(path: string, fields: Record<string, string>): Promise<string> {
  const csrf = await fetch("/api/auth/csrf", { cache: "no-store" });
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const body = new URLSearchParams({ ...fields, csrfToken, json: "true" });
  const response = await fetch(`/api/auth/${path}`, { method: "POST", body });
  return ((await response.json()) as { url: string }).url;
}

export type SignInOutcome = { ok: true; url: string } | { ok: false; error: string };

export async function submitSignIn(
  provider: "password" | "invitation",
  fields: Record<string, string>,
  callbackUrl: string,
): Promise<SignInOutcome> {
  try {
    const url = await post(`callback/${provider}`, { ...fields, callbackUrl });
    const error = new URL(url, window.location.href).searchParams.get("error");
    return error ? { ok: false, error } : { ok: true, url };
  } catch {
    return { ok: false, error: "OFFLINE" };
  }
}

/** The address at the identity provider to which the browser goes next. */
export async function beginIdentityProvider(callbackUrl: string): Promise<SignInOutcome> {
  try {
    const url = await post("signin/oidc", { callbackUrl });
    const error = new URL(url, window.location.href).searchParams.get("error");
    return error ? { ok: false, error } : { ok: true, url };
  } catch {
    return { ok: false, error: "OFFLINE" };
  }
}
