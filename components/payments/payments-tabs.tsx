import { LinkTabs } from "@/components/ui/link-tabs";

const PAGES: readonly { path: string; label: string }[] = [
  { path: "", label: "Payments" },
  { path: "/payees", label: "Payees" },
  { path: "/escrow", label: "Escrow" },
  { path: "/ledger", label: "Ledger" },
];

/** What is paid, to whom, what comes later, and the books behind it. */
export function PaymentsTabs({ slug }: { slug: string }) {
  const tabs = PAGES.map(({ path, label }) => ({ href: `/ventures/${slug}/deal/payments${path}`, label }));
  return <LinkTabs label="Payments of the sale" tabs={tabs} />;
}
