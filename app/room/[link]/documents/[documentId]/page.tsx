import { notFound, redirect } from "next/navigation";
import { AskForm } from "@/components/data-room/guest/ask-form";
import { Reader } from "@/components/data-room/reader/reader";
import { buttonStyle } from "@/components/ui/button-style";
import { TextLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { findGuest } from "@/lib/auth/guest-session";
import { findForGuest } from "@/lib/data-room/queries/guest-view";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export default async function GuestDocumentPage({ params }: { params: Promise<{ link: string; documentId: string }> }) {
  const { link, documentId } = await params;
  const guest = await findGuest(link);
  if (!guest?.agreed) redirect(`/room/${link}`);
  const shown = UUID.test(documentId) ? await findForGuest(guest, documentId) : null;
  if (!shown) notFound();
  const at = `/room/${link}/documents/${documentId}`;
  return (
    <>
      <PageHeader
        trail={<TextLink href={`/room/${link}`}>Data room</TextLink>}
        title={`${shown.number} ${shown.title}`}
        actions={
          <>
            {shown.level === "download" ? (
              <a className={buttonStyle()} href={`${at}/download`} download>
                Download
              </a>
            ) : null}
            <AskForm link={link} documentId={documentId} about={`${shown.number} ${shown.title}`} sections={[]} />
          </>
        }
      />
      <Reader from={`${at}/view`} tellTo={`${at}/read`} title={shown.title} isImage={shown.type.startsWith("image/")} />
    </>
  );
}
