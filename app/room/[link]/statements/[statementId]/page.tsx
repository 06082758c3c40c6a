import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { Reader } from "@/components/data-room/reader/reader";
import { buttonStyle } from "@/components/ui/button-style";
import { TextLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { findHolder } from "@/lib/auth/holder-session";
import { findShown } from "@/lib/distribution/queries/records/holder-view";

export const metadata: Metadata = { title: "Statement" };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type StatementPageProps = { params: Promise<{ link: string; statementId: string }> };

/** One of the holder's own statements, page by page. Another holder's is as one that is not. */
export default async function HolderStatementPage({ params }: StatementPageProps) {
  const { link, statementId } = await params;
  const holder = await findHolder(link);
  if (!holder) redirect(`/room/${link}`);
  const shown = UUID.test(statementId) ? await findShown(holder, statementId) : null;
  if (!shown) notFound();
  const at = `/room/${link}/statements/${statementId}`;
  return (
    <>
      <PageHeader
        trail={<TextLink href={`/room/${link}`}>Your statements</TextLink>}
        title={`Statement in ${shown.currency}, revision ${shown.version}`}
        actions={
          <a className={buttonStyle()} href={`${at}/download`} download>
            Download
          </a>
        }
      />
      <Reader from={`${at}/view`} tellTo={null} title={`Statement, revision ${shown.version}`} isImage={false} />
    </>
  );
}
