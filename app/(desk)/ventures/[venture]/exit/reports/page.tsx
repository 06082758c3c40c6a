import type { Metadata } from "next";
import { requirePermission } from "@/lib/auth/session";
import { ReportList } from "../../report-pages";

export const metadata: Metadata = { title: "Exit reports" };

export default async function ExitReportsPage({ params }: { params: Promise<{ venture: string }> }) {
  return <ReportList actor={await requirePermission("report:read")} of="exit" {...(await params)} />;
}
