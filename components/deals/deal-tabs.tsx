import { LinkTabs } from "@/components/ui/link-tabs";

/** The rooms of a sale, in the order in which it goes; "Overview" says where each bidder stands. */
const PAGES: readonly { path: string; label: string }[] = [
  { path: "", label: "Overview" },
  { path: "/offers", label: "Offers" },
  { path: "/negotiation", label: "Negotiation" },
  { path: "/documents", label: "Documents" },
  { path: "/closing", label: "Closing" },
  { path: "/waterfall", label: "Waterfall" },
  { path: "/payments", label: "Payments" },
  { path: "/statements", label: "Statements" },
  { path: "/reports", label: "Reports" },
  { path: "/rollbacks", label: "Rollbacks" },
];

export function DealTabs({ slug }: { slug: string }) {
  const tabs = PAGES.map(({ path, label }) => ({ href: `/ventures/${slug}/deal${path}`, label }));
  return <LinkTabs label="Deal" tabs={tabs} />;
}
