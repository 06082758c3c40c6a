import type { ReactNode } from "react";
import { GrowthTabs } from "@/components/growth/growth-tabs";

type GrowthLayoutProps = { children: ReactNode; params: Promise<{ venture: string }> };

export default async function GrowthLayout({ children, params }: GrowthLayoutProps) {
  return (
    <div className="grid gap-6">
      <GrowthTabs slug={(await params).venture} />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
