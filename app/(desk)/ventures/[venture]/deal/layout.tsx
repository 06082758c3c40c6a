import type { ReactNode } from "react";
import { DealTabs } from "@/components/deals/deal-tabs";

type DealLayoutProps = { children: ReactNode; params: Promise<{ venture: string }> };

export default async function DealLayout({ children, params }: DealLayoutProps) {
  return (
    <div className="grid gap-6">
      <DealTabs slug={(await params).venture} />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
