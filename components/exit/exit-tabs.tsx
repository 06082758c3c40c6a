import { LinkTabs } from "@/components/ui/link-tabs";

/** The rooms of exit preparation, in the order in which a sale is prepared; "Overview" says what is still missing. */
const PAGES: readonly { path: string; label: string }[] = [
  { path: "", label: "Overview" },
  { path: "/readiness", label: "Readiness" },
  { path: "/data-room", label: "Data room" },
  { path: "/buyers", label: "Buyers" },
  { path: "/valuation", label: "Valuation" },
  { path: "/plan", label: "Plan" },
  { path: "/timing", label: "Timing" },
  { path: "/reports", label: "Reports" },
];

export function ExitTabs({ slug }: { slug: string }) {
  const tabs = PAGES.map(({ path, label }) => ({ href: `/ventures/${slug}/exit${path}`, label }));
  return tabs.length > 1 ? <LinkTabs label="Exit" tabs={tabs} /> : null;
}
