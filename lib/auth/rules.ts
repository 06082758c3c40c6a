import type { Role } from "./permissions";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The chairman looks in once or twice a day: a day without use ends a session, a week ends it whatever happens. */
export const SESSION_IDLE_MS = DAY;
export const SESSION_LIFETIME_MS = 7 * DAY;
export const STEP_UP_MS = 5 * MINUTE;
export const INVITATION_MS = 3 * DAY;
/** A session's last use is written at most this often. */
export const TOUCH_MS = MINUTE;

export const PASSWORD_MIN = 12;
/** Longer ones would only cost hashing time. */
export const PASSWORD_MAX = 256;

export const normalizeEmail = (email: string): string => email.trim().toLowerCase();

export type PasswordProblem = "TOO_SHORT" | "TOO_LONG" | "IS_EMAIL";

/** Length and not the e-mail, nothing else (NIST SP 800-63B, 5.1.1.2: no composition rules). */
export function passwordProblem(password: string, email: string): PasswordProblem | null {
  const length = [...password].length;
  if (length < PASSWORD_MIN) return "TOO_SHORT";
  if (length > PASSWORD_MAX) return "TOO_LONG";
  const lower = password.trim().toLowerCase();
  const address = normalizeEmail(email);
  if (lower === address || lower === address.split("@")[0]) return "IS_EMAIL";
  return null;
}

type SessionTimes = { lastSeenAt: Date; expiresAt: Date; revokedAt: Date | null };

export function isSessionAlive(session: SessionTimes, now: Date): boolean {
  if (session.revokedAt) return false;
  if (session.expiresAt.getTime() <= now.getTime()) return false;
  return now.getTime() - session.lastSeenAt.getTime() < SESSION_IDLE_MS;
}

export function isSteppedUp(steppedUpAt: Date | null, now: Date): boolean {
  if (!steppedUpAt) return false;
  const age = now.getTime() - steppedUpAt.getTime();
  return age >= 0 && age <= STEP_UP_MS;
}

/** A path of this site to return to after sign-in; anything else, an absolute or protocol-relative address too, is the desk. */
export function safeCallbackPath(candidate: string | null | undefined, origin: string): string {
  // Browsers drop tabs and line ends and read a backslash as a slash; what holds those is no path of ours.
  if (!candidate || /[\\\p{Cc}]/u.test(candidate)) return "/";
  if (!URL.canParse(candidate, origin)) return "/";
  const url = new URL(candidate, origin);
  if (url.origin !== new URL(origin).origin || url.pathname.startsWith("//")) return "/";
  if (url.pathname.startsWith("/sign-in") || url.pathname.startsWith("/api/")) return "/";
  return `${url.pathname}${url.search}${url.hash}`;
}

/**
 * The peer's address, or, behind `trustedProxies` of our own, the address that the outermost of them saw. What a client
 * writes into X-Forwarded-For itself stands further left and is not believed.
 */
export function clientAddress(forwarded: string | null, peer: string, trustedProxies: number): string {
  const hops = [...(forwarded ?? "").split(",").map((hop) => hop.trim()), peer].filter(Boolean);
  return hops[Math.max(0, hops.length - 1 - trustedProxies)] ?? peer;
}

/** Only a chairman makes, resets, changes or disables a chairman: otherwise an administrator could decide memos. */
export function mayManageRole(actor: Role, target: Role): boolean {
  return actor === "chairman" || target !== "chairman";
}

export type PeopleRefusal = "FORBIDDEN" | "OWN_ACCOUNT" | "LAST_CHAIRMAN" | "NOT_FOUND" | "EMAIL_TAKEN";

type Change = {
  actor: { id: string; role: Role };
  target: { id: string; role: Role };
  /** The role after the change; null when the account is disabled. */
  next: Role | null;
  activeChairmen: number;
};

/** May this person give that account this role, or disable it? */
export function decidePersonChange({ actor, target, next, activeChairmen }: Change): PeopleRefusal | null {
  if (actor.id === target.id) return "OWN_ACCOUNT";
  if (!mayManageRole(actor.role, target.role)) return "FORBIDDEN";
  if (next && !mayManageRole(actor.role, next)) return "FORBIDDEN";
  if (target.role === "chairman" && next !== "chairman" && activeChairmen <= 1) return "LAST_CHAIRMAN";
  return null;
}

/** "Firefox on Linux": enough for a person to recognise a session, nothing more. */
export function describeUserAgent(userAgent: string): string {
  const browser =
    [
      ["Edg/", "Edge"],
      ["OPR/", "Opera"],
      ["Firefox/", "Firefox"],
      ["Chrome/", "Chrome"],
      ["Safari/", "Safari"],
    ].find(([mark]) => mark && userAgent.includes(mark))?.[1] ?? "Unknown browser";
  const system = [
    ["iPhone", "iPhone"],
    ["iPad", "iPad"],
    ["Android", "Android"],
    ["Windows", "Windows"],
    ["Mac OS", "Mac"],
    ["Linux", "Linux"],
  ].find(([mark]) => mark && userAgent.includes(mark))?.[1];
  return system ? `${browser} on ${system}` : browser;
}

/** Whether a request that changes something was sent by a page of this site. */
export function isSameOrigin(headers: Headers, ownOrigins: readonly string[]): boolean {
  const site = headers.get("sec-fetch-site");
  if (site && site !== "same-origin" && site !== "none") return false;
  const origin = headers.get("origin");
  // Every browser sends Origin with a cross-site POST; a client without one holds no cookies of someone else.
  return origin === null || ownOrigins.includes(origin);
}

/** The claims of an identity provider that matter here. Roles and groups are never read. */
export type IdentityClaims = { subject: string; email: string; emailVerified: boolean; name: string };
export type IdentityRefusal = "EMAIL_UNVERIFIED" | "DOMAIN_NOT_ALLOWED" | "OTHER_SUBJECT";
/** Whether an account has the e-mail, and whether it is another subject's of the same issuer already. */
export type ExistingAccount = "none" | "unlinked" | "linked";

/** An account is linked or made only on a verified address; a first-time person comes from an allowed domain, if any is set. */
export function decideIdentity(
  claims: IdentityClaims,
  existing: ExistingAccount,
  allowDomains: string | undefined,
): IdentityRefusal | null {
  if (!claims.emailVerified) return "EMAIL_UNVERIFIED";
  // An address that was given to somebody new does not come with the account of who had it before.
  if (existing === "linked") return "OTHER_SUBJECT";
  if (existing === "unlinked" || !allowDomains) return null;
  const domain = claims.email.split("@").at(-1);
  const allowed = allowDomains.split(",").map((entry) => entry.trim().toLowerCase());
  return domain && allowed.includes(domain) ? null : "DOMAIN_NOT_ALLOWED";
}
