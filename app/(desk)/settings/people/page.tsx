import type { Metadata } from "next";
import { InviteForm } from "@/components/settings/invite-form";
import { PeopleTable } from "@/components/settings/people-table";
import { readerZone } from "@/components/shell/reader";
import { Section } from "@/components/ui/section";
import { listGrantableVentures, listGrants } from "@/lib/auth/grants";
import { grantableRoles, listPeople } from "@/lib/auth/queries";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { formatSince, plural } from "@/lib/format";

export const metadata: Metadata = { title: "People" };

export default async function PeoplePage() {
  const actor = await requirePermission("people:manage");
  const now = clock.now();
  const zone = await readerZone();
  const [listed, grants, ventures] = await Promise.all([
    listPeople(actor, now),
    listGrants(actor),
    listGrantableVentures(actor),
  ]);
  const people = listed.map(({ lastSeenAt, ...person }) => {
    const granted = grants.get(person.id) ?? [];
    return {
      ...person,
      lastSeen: lastSeenAt ? formatSince(lastSeenAt, now, zone) : "never",
      grants: granted,
      sees: granted.length > 0 ? plural(granted.length, "venture") : person.seesAll ? "all" : "none",
    };
  });
  const roles = grantableRoles(actor);
  return (
    <>
      <Section title="Invite">
        <InviteForm roles={roles} />
      </Section>
      <Section title="Everyone" aside={`${people.length} accounts`}>
        <PeopleTable people={people} roles={roles} ventures={ventures} />
      </Section>
    </>
  );
}
