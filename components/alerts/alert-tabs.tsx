import { LinkTabs } from "@/components/ui/link-tabs";

const TABS = [
  { href: "/alerts", label: "Alerts" },
  { href: "/alerts/risks", label: "Risks" },
  { href: "/alerts/settings", label: "Settings" },
];

export const AlertTabs = () => <LinkTabs label="Alerts" tabs={TABS} />;
