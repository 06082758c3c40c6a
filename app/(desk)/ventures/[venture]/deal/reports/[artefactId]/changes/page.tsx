import type { Metadata } from "next";
import { requirePermission } from "@/lib/auth/session";
import { ReportChanges } from "../../../../report-pages";

export const metadata: Metadata = { title: "Changes of a report" };

type ChangesPageProps = { params: Promise<{ venture: string; artefactId: string }> };

export default async function DealReportChangesPage({ params }: ChangesPageProps) {
  return <ReportChanges actor={await requirePermission("report:read")} of="deal" {...(await params)} />;
}
