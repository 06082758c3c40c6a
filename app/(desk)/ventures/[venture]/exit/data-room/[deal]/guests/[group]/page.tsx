import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { GuestIndex } from "@/components/data-room/guest/guest-index";
import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { requirePermission } from "@/lib/auth/session";
import { findGroup } from "@/lib/data-room/queries/groups";
import { guestIndex } from "@/lib/data-room/queries/guest-view";
import { roomOf } from "../../../room-of";

export const metadata: Metadata = { title: "View as" };

/** The room exactly as the group sees it, read from the same place as its own pages are. */
export default async function ViewAsPage({
  params,
}: {
  params: Promise<{ venture: string; deal: string; group: string }>;
}) {
  const actor = await requirePermission("data-room:manage");
  const { head, path, venture, now } = await roomOf(params);
  const group = await findGroup(actor, head.id, (await params).group, now);
  if (!group) notFound();
  const terms = group.terms ?? group.proposed;
  return (
    <>
      <PageHeader
        trail={<TextLink href={`${path}/guests`}>Guests</TextLink>}
        title={`${venture.name} as ${group.name} sees it`}
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        <Notice>
          {group.terms ? "What the chairman approved." : "Not approved yet: this is what they would see."} Nothing you
          do here is counted as theirs.
        </Notice>
        <GuestIndex sections={terms ? await guestIndex(head.id, terms.grants) : []} link={null} />
      </div>
    </>
  );
}
