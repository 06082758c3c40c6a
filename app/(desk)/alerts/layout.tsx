import type { ReactNode } from "react";
import { AlertTabs } from "@/components/alerts/alert-tabs";

export default function AlertsLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <div className="mb-6">
        <AlertTabs />
      </div>
      {children}
    </>
  );
}
