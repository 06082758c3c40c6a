import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EmptyState } from "@/components/ui/empty-state";
import { requirePermission } from "@/lib/auth/session";
import { ventureOf } from "../venture-of";

export const metadata: Metadata = { title: "Exit" };

export default async function ExitPage({ params }: { params: Promise<{ venture: string }> }) {
  await requirePermission("venture:read");
  if (!(await ventureOf((await params).venture))) notFound();
  return (
    <EmptyState title="Exit preparation">
      Readiness, the data room, buyers, valuation and timing of this venture are gathered here.
    </EmptyState>
  );
}
