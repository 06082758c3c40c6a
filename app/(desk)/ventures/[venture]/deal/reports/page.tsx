import type { Metadata } from "next";
import { requirePermission } from "@/lib/auth/session";
import { ReportList } from "../../report-pages";

export const metadata: Metadata = { title: "Deal reports" };

export default async function DealReportsPage({ params }: { params: Promise<{ venture: string }> }) {
  return <ReportList actor={await requirePermission("report:read")} of="deal" {...(await params)} />;
}
