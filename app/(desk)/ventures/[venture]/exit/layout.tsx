import type { ReactNode } from "react";
import { ExitTabs } from "@/components/exit/exit-tabs";

type ExitLayoutProps = { children: ReactNode; params: Promise<{ venture: string }> };

export default async function ExitLayout({ children, params }: ExitLayoutProps) {
  return (
    <div className="grid gap-6">
      <ExitTabs slug={(await params).venture} />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
