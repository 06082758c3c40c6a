import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DeedTable, VersionTable } from "@/components/data-room/documents/document-facts";
import { DocumentForm, RemoveOrRestore } from "@/components/data-room/documents/document-form";
import { Preview } from "@/components/data-room/documents/preview";
import { UploadPanel } from "@/components/data-room/uploads/upload-panel";
import { readerZone } from "@/components/shell/reader";
import { Badge } from "@/components/ui/badge";
import { TextLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { requirePermission } from "@/lib/auth/session";
import { findDocument } from "@/lib/data-room/queries/document";
import { roomOf } from "../../../room-of";

export const metadata: Metadata = { title: "Document" };

type Props = { params: Promise<{ venture: string; deal: string; document: string }> };

export default async function DocumentPage({ params }: Props) {
  const actor = await requirePermission("data-room:manage");
  const { venture, path } = await roomOf(params);
  const [detail, zone] = await Promise.all([findDocument(actor, venture.id, (await params).document), readerZone()]);
  if (!detail) notFound();
  const { head, requests, findings } = detail;
  const [newest] = detail.versions;
  const open = head.status === "open";
  return (
    <>
      <PageHeader
        trail={<TextLink href={path}>Data room</TextLink>}
        title={
          <>
            {detail.title} <Badge>{detail.removed ? "taken out" : (detail.number ?? "unsorted")}</Badge>
          </>
        }
        lead={[detail.place, detail.cameFrom ? `came in ${detail.cameFrom}` : null].filter(Boolean).join(" · ")}
        actions={open ? <RemoveOrRestore detail={detail} back={path} /> : null}
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-9">
        <Section title="Versions">
          <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
            <VersionTable versions={detail.versions} zone={zone} />
            {open && !detail.removed ? <UploadPanel roomId={head.id} documentId={detail.id} /> : null}
          </div>
        </Section>
        {newest ? (
          <Section title="Preview">
            <Preview
              key={newest.id}
              versionId={newest.id}
              title={detail.title}
              isImage={newest.type.startsWith("image/")}
            />
          </Section>
        ) : null}
        {open && !detail.removed ? (
          <Section title="About it">
            <DocumentForm key={detail.version} detail={detail} />
          </Section>
        ) : null}
        {requests.length > 0 ? (
          <Section title="Answers these requests">
            <ul className="list-disc pl-5">
              {requests.map(({ id, number, text, status }) => (
                <li key={id}>
                  {number}. {text} ({status})
                </li>
              ))}
            </ul>
          </Section>
        ) : null}
        {findings.length > 0 ? (
          <Section title="Findings in it">
            <ul className="list-disc pl-5">
              {findings.map(({ id, title, severity, status }) => (
                <li key={id}>
                  {title} ({severity}, {status})
                </li>
              ))}
            </ul>
          </Section>
        ) : null}
        <Section title="Who opened it">
          <DeedTable deeds={detail.deeds} zone={zone} />
        </Section>
      </div>
    </>
  );
}
