import type { Metadata } from "next";
import { AccessTokens } from "@/components/settings/access-tokens";
import { DigestForm } from "@/components/settings/digest-form";
import { NameForm } from "@/components/settings/name-form";
import { PasswordForm } from "@/components/settings/password-form";
import { SecondFactor } from "@/components/settings/second-factor";
import { SessionList } from "@/components/settings/session-list";
import { readerZone } from "@/components/shell/reader";
import { Section } from "@/components/ui/section";
import { getAccount, listOwnAccessTokens, listOwnSessions } from "@/lib/auth/queries";
import { requireActor } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { getDigestSetting } from "@/lib/decisions/queries/digest";
import { formatMoment, formatSince } from "@/lib/format";

export const metadata: Metadata = { title: "Your account" };

export default async function AccountPage() {
  const actor = await requireActor();
  const now = clock.now();
  const zone = await readerZone();
  const [account, sessions, tokens, digest] = await Promise.all([
    getAccount(actor, now),
    listOwnSessions(actor, now),
    listOwnAccessTokens(actor, now),
    getDigestSetting(actor),
  ]);
  const sessionLines = sessions.map(({ startedAt, lastSeenAt, ...session }) => ({
    ...session,
    started: formatMoment(startedAt, zone),
    lastSeen: formatSince(lastSeenAt, now, zone),
  }));
  const tokenLines = tokens.map(({ id, name, prefix, createdAt, expiresAt, lastUsedAt, expired }) => ({
    ...{ id, name, prefix },
    created: formatMoment(createdAt, zone),
    expires: expired ? "ended" : formatMoment(expiresAt, zone),
    lastUsed: lastUsedAt ? formatSince(lastUsedAt, now, zone) : "never",
  }));
  return (
    <>
      <Section title="You">
        <NameForm key={account.name} name={account.name} email={account.email} role={account.role} />
      </Section>
      {digest ? (
        <Section title="Digest by e-mail">
          <DigestForm
            key={`${digest.frequency} ${digest.hour}`}
            digest={digest}
            last={digest.last ? formatMoment(new Date(digest.last), zone) : null}
          />
        </Section>
      ) : null}
      <Section title="Password">
        {account.hasPassword ? (
          <PasswordForm />
        ) : (
          <p className="text-muted">You sign in through the identity provider; there is no password here.</p>
        )}
      </Section>
      <Section title="Second factor">
        <SecondFactor enrolled={account.secondFactor} />
      </Section>
      <Section title="Sessions">
        <SessionList sessions={sessionLines} />
      </Section>
      <Section title="Access tokens">
        <AccessTokens tokens={tokenLines} />
      </Section>
    </>
  );
}
