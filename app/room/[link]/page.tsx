import type { Metadata } from "next";
import { EnterForm } from "@/components/data-room/guest/enter-form";
import { GuestHeader } from "@/components/data-room/guest/guest-header";
import { GuestIndex } from "@/components/data-room/guest/guest-index";
import { GuestTalk } from "@/components/data-room/guest/guest-talk";
import { NdaForm } from "@/components/data-room/guest/nda-form";
import { HolderEnter } from "@/components/statements/guest/holder-enter";
import { HolderRoom } from "@/components/statements/guest/holder-room";
import { findGuest } from "@/lib/auth/guest-session";
import { findHolder } from "@/lib/auth/holder-session";
import { clock } from "@/lib/clock";
import { doorOf, guestIndex, guestNda, guestTalk } from "@/lib/data-room/queries/guest-view";
import { getHolderRoom } from "@/lib/distribution/queries/records/holder-view";
import { isHolderLink } from "@/lib/distribution/schema/records";

type GuestRoomPageProps = { params: Promise<{ link: string }> };

export async function generateMetadata({ params }: GuestRoomPageProps): Promise<Metadata> {
  return isHolderLink((await params).link) ? { title: "Your statement" } : {};
}

/** A holder's own statements: the door, then the list. */
async function HolderPage({ link }: { link: string }) {
  const holder = await findHolder(link);
  if (!holder) return <HolderEnter link={link} />;
  const { name, email, until } = holder;
  return <HolderRoom link={link} room={await getHolderRoom(holder)} name={name} email={email} until={until} />;
}

/** The door, then the confidentiality text, then the room. A link that leads nowhere looks like any other door. */
export default async function GuestRoomPage({ params }: GuestRoomPageProps) {
  const { link } = await params;
  if (isHolderLink(link)) return <HolderPage link={link} />;
  const guest = await findGuest(link);
  if (!guest) return <EnterForm link={link} />;
  const venture = (await doorOf(link))?.venture ?? "";
  if (!guest.agreed) return <NdaForm link={link} venture={venture} nda={await guestNda(guest)} />;
  const [sections, talk] = await Promise.all([
    guestIndex(guest.roomId, guest.terms.grants),
    guestTalk(guest, clock.now()),
  ]);
  return (
    <>
      <GuestHeader link={link} venture={venture} email={guest.email} until={guest.terms.expiresOn} />
      <GuestIndex sections={sections} link={link} />
      <GuestTalk link={link} talk={talk} sections={sections.map(({ number, title }) => ({ number, title }))} />
    </>
  );
}
