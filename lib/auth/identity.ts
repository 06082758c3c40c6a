import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { db, type Tx } from "@/lib/db";
import { ok, type Result, refuse } from "@/lib/errors";
import { decideIdentity, type IdentityClaims, type IdentityRefusal, normalizeEmail } from "./rules";

/** Reads the standard claims (OpenID Connect Core, 5.1). Whatever else the token says, roles above all, is ignored. */
export function claimsOf(profile: Record<string, unknown>): IdentityClaims {
  const text = (key: string) => (typeof profile[key] === "string" ? profile[key] : "");
  const email = normalizeEmail(text("email"));
  return {
    subject: text("sub"),
    email,
    emailVerified: email !== "" && profile.email_verified === true,
    name: text("name") || text("preferred_username") || email,
  };
}

type Refusal = IdentityRefusal | "DISABLED";
type Person = { id: string; disabledAt: Date | null };

async function link(tx: Tx, issuer: string, claims: IdentityClaims, person: Person, now: Date): Promise<void> {
  await tx.identity.create({ data: { issuer, subject: claims.subject, userId: person.id, createdAt: now } });
  await recordEvent(tx, {
    ventureId: null,
    type: "identity.linked",
    actor: `user:${person.id}`,
    subject: `user:${person.id}`,
    payload: { issuer, subject: claims.subject },
    at: now,
  });
}

/** The account of a person whom the issuer vouches for: by subject, else by verified e-mail, else a new guest. */
export async function personOfIdentity(
  issuer: string,
  claims: IdentityClaims,
  allowDomains: string | undefined,
  now: Date,
): Promise<Result<{ userId: string }, Refusal>> {
  const known = await db.identity.findUnique({
    where: { issuer_subject: { issuer, subject: claims.subject } },
    include: { user: true },
  });
  if (known) return known.user.disabledAt ? refuse("DISABLED") : ok({ userId: known.userId });
  return await db.$transaction(async (tx) => {
    const existing = await tx.user.findUnique({
      where: { email: claims.email },
      include: { identities: { where: { issuer } } },
    });
    const state = existing ? (existing.identities.length > 0 ? "linked" : "unlinked") : "none";
    const refusal = decideIdentity(claims, state, allowDomains);
    if (refusal) return refuse(refusal);
    if (existing?.disabledAt) return refuse("DISABLED");
    const person =
      existing ??
      (await tx.user.create({
        data: { email: claims.email, name: claims.name.slice(0, 120), role: "guest", createdAt: now },
      }));
    await link(tx, issuer, claims, person, now);
    return ok({ userId: person.id });
  });
}
