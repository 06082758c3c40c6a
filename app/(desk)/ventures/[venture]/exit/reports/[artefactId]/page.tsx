import type { Metadata } from "next";
import { ArtefactReader } from "@/components/reports/artefact-reader";
import { readerZone } from "@/components/shell/reader";
import { findPermitted, requirePermission } from "@/lib/auth/session";
import { artefactOf } from "../../../growth/reports/[artefactId]/artefact-of";

type ReportPageProps = { params: Promise<{ venture: string; artefactId: string }> };

export async function generateMetadata({ params }: ReportPageProps): Promise<Metadata> {
  if (!(await findPermitted("report:read"))) return {};
  const { venture, artefactId } = await params;
  const { title, version } = await artefactOf(venture, artefactId);
  return { title: `${title}, version ${version}` };
}

export default async function ReportPage({ params }: ReportPageProps) {
  await requirePermission("report:read");
  const { venture, artefactId } = await params;
  const artefact = await artefactOf(venture, artefactId);
  return <ArtefactReader artefact={artefact} path={`/ventures/${venture}/exit/reports`} zone={await readerZone()} />;
}
