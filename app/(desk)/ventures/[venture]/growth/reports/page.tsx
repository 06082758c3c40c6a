import type { Metadata } from "next";
import { requirePermission } from "@/lib/auth/session";
import { ReportList } from "../../report-pages";

export const metadata: Metadata = { title: "Growth reports" };

export default async function GrowthReportsPage({ params }: { params: Promise<{ venture: string }> }) {
  return <ReportList actor={await requirePermission("report:read")} of="growth" {...(await params)} />;
}
