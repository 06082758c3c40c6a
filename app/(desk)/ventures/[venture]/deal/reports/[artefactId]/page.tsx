import type { Metadata } from "next";
import { requirePermission } from "@/lib/auth/session";
import { Report, reportMetadata } from "../../../report-pages";

type ReportPageProps = { params: Promise<{ venture: string; artefactId: string }> };

export async function generateMetadata({ params }: ReportPageProps): Promise<Metadata> {
  return reportMetadata(await params);
}

export default async function DealReportPage({ params }: ReportPageProps) {
  return <Report actor={await requirePermission("report:read")} of="deal" {...(await params)} />;
}
