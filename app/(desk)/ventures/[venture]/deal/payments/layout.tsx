import type { ReactNode } from "react";
import { PaymentsTabs } from "@/components/payments/payments-tabs";

type PaymentsLayoutProps = { children: ReactNode; params: Promise<{ venture: string }> };

export default async function PaymentsLayout({ children, params }: PaymentsLayoutProps) {
  return (
    <div className="grid gap-6">
      <PaymentsTabs slug={(await params).venture} />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
