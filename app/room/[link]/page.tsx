import { EnterForm } from "@/components/data-room/guest/enter-form";
import { GuestHeader } from "@/components/data-room/guest/guest-header";
import { GuestIndex } from "@/components/data-room/guest/guest-index";
import { GuestTalk } from "@/components/data-room/guest/guest-talk";
import { NdaForm } from "@/components/data-room/guest/nda-form";
import { findGuest } from "@/lib/auth/guest-session";
import { clock } from "@/lib/clock";
import { doorOf, guestIndex, guestNda, guestTalk } from "@/lib/data-room/queries/guest-view";

/** The door, then the confidentiality text, then the room. A link that leads nowhere looks like any other door. */
export default async function GuestRoomPage({ params }: { params: Promise<{ link: string }> }) {
  const { link } = await params;
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
