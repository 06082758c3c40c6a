import type { ReactNode } from "react";
import { InboxAlerts } from "@/components/alerts/inbox-alerts";
import { AskedReadings, SuspendedApprovals } from "@/components/decisions/inbox-asides";
import { InboxFrame } from "@/components/decisions/inbox-frame";
import { InboxList } from "@/components/decisions/inbox-list";
import { readerZone } from "@/components/shell/reader";
import { Disclosure } from "@/components/ui/disclosure";
import { EmptyState } from "@/components/ui/empty-state";
import { ButtonLink } from "@/components/ui/link";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { listInbox } from "@/lib/decisions/queries/inbox";
import { listAskedReadings } from "@/lib/decisions/queries/readings";
import { listSuspended } from "@/lib/decisions/queries/suspension";
import { plural } from "@/lib/format";
import { listInboxAlerts } from "@/lib/stage/queries/alert-list";

export default async function InboxLayout({ children }: { children: ReactNode }) {
  const actor = await requirePermission("memo:read");
  const now = clock.now();
  const [{ waiting, withSecond, deferred }, zone, alerts, readings, suspended] = await Promise.all([
    listInbox(actor, now),
    readerZone(),
    listInboxAlerts(actor, now),
    listAskedReadings(actor, now),
    listSuspended(actor),
  ]);
  const shown = { now: now.toISOString(), zone };
  const list = (
    <>
      <div className="mb-2 flex items-baseline justify-between border-b border-line pb-1">
        <h2 className="headline text-xl">Inbox</h2>
        <p className="text-sm text-muted">{plural(waiting.length, "decision")}</p>
      </div>
      <InboxAlerts alerts={alerts} />
      <AskedReadings readings={readings} />
      {waiting.length > 0 ? (
        <InboxList label="Waiting for a decision" items={waiting} {...shown} />
      ) : (
        <EmptyState title="Nothing waits for you" action={<ButtonLink href="/ventures">See the ventures</ButtonLink>}>
          When an agent recommends something that the policy does not let it do, its memo appears here, the most urgent
          first.
        </EmptyState>
      )}
      <SuspendedApprovals suspended={suspended} />
      {withSecond.length > 0 ? (
        <Disclosure summary={`With a second person (${withSecond.length})`}>
          <InboxList label="With a second person" items={withSecond} {...shown} />
        </Disclosure>
      ) : null}
      {deferred.length > 0 ? (
        <Disclosure summary={`Deferred (${deferred.length})`}>
          <InboxList label="Deferred" items={deferred} {...shown} />
        </Disclosure>
      ) : null}
    </>
  );
  return <InboxFrame list={list}>{children}</InboxFrame>;
}
