import { LinkTabs } from "@/components/ui/link-tabs";

/** The rooms of Growth, in the order in which an analyst walks them; "Overview" holds the specialist at work. */
const PAGES: readonly { path: string; label: string }[] = [
  { path: "", label: "Overview" },
  { path: "/performance", label: "Performance" },
  { path: "/drivers", label: "Drivers" },
  { path: "/levers", label: "Levers" },
  { path: "/initiatives", label: "Initiatives" },
  { path: "/experiments", label: "Experiments" },
  { path: "/forecast", label: "Forecast" },
  { path: "/reports", label: "Reports" },
];

export function GrowthTabs({ slug }: { slug: string }) {
  const tabs = PAGES.map(({ path, label }) => ({ href: `/ventures/${slug}/growth${path}`, label }));
  return tabs.length > 1 ? <LinkTabs label="Growth" tabs={tabs} /> : null;
}
